import { DONE } from '../../../../protocol/index.ts'
import { defineCheck } from '../../../check/define-check.ts'
import { ELEVENLABS } from '../../../check/sources.ts'
import { editData } from '../../../faults/index.ts'

/** OpenAI's own API sends none, and no official client asks for it. */
export default defineCheck({
  id: 'sse/done',
  title: '`data: [DONE]` follows the end of the response',
  severity: 'info',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'The stream must end with data: [DONE]',
    ...ELEVENLABS,
  },
  effect:
    'ElevenLabs documents that it waits for [DONE]; a client that goes by it cannot tell a finished answer from a broken one.',
  fix: 'Write "data: [DONE]\\n\\n" after response.completed: clients that do not know it stop reading before.',
  probes: 'every-stream',
  needs: ['whole', 'chunks'],
  *inspect({ responses: { data }, stream }) {
    if (data.some(({ payload }) => payload.kind === 'done')) return
    const almost = data.find(({ payload }) => payload.kind === 'almost-done')?.event
    const last = almost ?? stream.events.at(-1)
    yield {
      message: almost
        ? 'The terminator is misspelled, so clients try to parse it as JSON.'
        : 'The stream ended without [DONE].',
      expected: 'a last event whose data is exactly [DONE]',
      ...(last && { actual: last.data, at: last }),
    }
  },
  mutants: {
    'done-missing': editData((data) => (data === DONE ? [] : data)),
  },
})
