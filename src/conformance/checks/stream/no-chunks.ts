import { DONE } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import { endingLength, FIX_LENGTH } from '../../observe/ending-length.ts'
import { wordsOf } from '../../evidence/words-of.ts'
import { editFrames } from '../../faults/index.ts'

export default defineCheck({
  id: 'stream/no-chunks',
  title: 'A stream has at least one chunk',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'A stream carries an answer',
    ...ELEVENLABS,
    seenIn: issue('letta-ai/letta', 2726),
  },
  effect: 'The platform ends the call: "LLM Cascade Error: Brain returned no response".',
  fix: 'Log what your generator yields: this is what an exception before the first chunk, or an empty upstream answer, looks like.',
  wordsIn: {
    responses: {
      title: 'A stream has at least one event',
      fix: 'Log what your generator yields: this is what an exception before the first event, or an empty upstream answer, looks like.',
    },
  },
  probes: 'every-stream',
  needs: ['whole'],
  *inspect(evidence) {
    if (evidence.reading.parts > 0) return
    const { body, data } = evidence
    const { part } = wordsOf(evidence)
    const expected = `at least one ${part}`
    if (endingLength(evidence) === 0) {
      yield {
        message: `The stream has no ${part}s: its Content-Length is 0.`,
        expected,
        actual: 'Content-Length: 0',
        fix: FIX_LENGTH,
      }
      return
    }
    const error = data.find(({ payload }) => payload.kind === 'error')?.event
    yield {
      message: error ? `The stream has an error but no ${part}s.` : `The stream has no ${part}s.`,
      expected,
      actual: error?.data ?? `${data.length} events in ${body.length} bytes`,
      ...(error && { at: error }),
    }
  },
  mutants: {
    'empty-body': editFrames(() => []),
    'only-done': editFrames(() => [{ kind: 'event', atMs: 0, data: DONE }]),
  },
  echoes: ['sse/done'],
})
