import { defineCheck } from '../../check/define-check.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import type { ResponsesDatum } from '../../evidence/responses-evidence.ts'
import { dropEach, editEach } from '../../faults/index.ts'

const TERMINAL = /^response\.(?:completed|incomplete|failed)$/

export default defineCheck({
  id: 'stream/terminal-missing',
  title: 'A stream ends with response.completed, response.incomplete or response.failed',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'At least response.output_text.delta and response.completed are needed',
    ...ELEVENLABS,
    seenIn: issue('moeru-ai/airi', 2593),
  },
  effect:
    'No client can tell a whole reply from one that was cut: openai-python throws, Codex says "stream closed before response.completed".',
  fix: 'End every stream with response.completed, and the whole response in it; with response.incomplete where a limit cut it.',
  probes: 'every-stream',
  needs: ['whole', 'chunks'],
  *inspect(evidence) {
    const { events, terminals, read, data } = evidence.responses
    if (terminals.length > 0 || data.some(isTerminal)) return
    // What failed has said how it ended; what broke, or ends within an event, is told elsewhere.
    if (evidence.exchange?.end.how === 'failed') return
    if (evidence.reading.pieces.some(({ kind }) => kind === 'error')) return
    if (evidence.stream.facts.at(-1)?.kind === 'unterminated') return
    const last = events.at(-1)
    yield {
      message: 'The stream ends without response.completed.',
      expected: 'response.completed, response.incomplete or response.failed at the end',
      ...(last && { actual: last.type }),
      ...(read.length > 0 && { at: read.at(-1)!.event }),
    }
  },
  mutants: {
    'terminal-absent': dropEach(TERMINAL),
    'terminal-response-done': editEach(TERMINAL, (event) => (event.type = 'response.done')),
  },
  echoes: ['stream/usage-missing'],
})

/** Be it after [DONE], where clients do not read on: that is for another check to say. */
function isTerminal({ payload }: ResponsesDatum): boolean {
  return payload.kind === 'event' && TERMINAL.test(payload.type)
}
