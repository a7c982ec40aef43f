import { DONE } from '../../../protocol/index.ts'
import { defineCheck } from '../../check.ts'
import { editFrames } from '../../mutate/index.ts'
import { github } from '../../sources.ts'

export default defineCheck({
  id: 'stream/no-chunks',
  title: 'A stream has at least one chunk',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'Status 200 promises an answer',
    ...github('letta-ai/letta', 2726),
  },
  effect: 'The call ends: "LLM Cascade Error: Brain returned no response".',
  fix: 'Log what your generator yields: an exception before the first chunk, or an upstream that answered nothing, looks like this.',
  probes: 'every-stream',
  needs: ['whole'],
  *inspect({ chunks, data, body }) {
    if (chunks.length > 0) return
    const error = data.find(({ payload }) => payload.kind === 'error')
    yield {
      message: error ? 'The stream holds an error and no chunk.' : 'The stream holds no chunk.',
      expected: 'at least one chunk',
      actual: error
        ? error.event.data.slice(0, 200)
        : `${data.length} events in ${body.length} bytes`,
      ...(error && { at: error.event }),
    }
  },
  mutants: {
    'empty-body': editFrames(() => []),
    'only-done': editFrames(() => [{ kind: 'event', atMs: 0, data: DONE }]),
  },
  echoes: ['sse/done'],
})
