import { defineCheck } from '../../check/define-check.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import { editFrames } from '../../faults/index.ts'

export default defineCheck({
  id: 'stream/cut-off',
  title: 'The stream does not break off in the middle of a reply',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'A reply ends with a finish_reason, and the stream with [DONE]',
    ...ELEVENLABS,
    seenIn: issue('vllm-project/vllm', 52_852),
  },
  effect: 'The agent stops in mid-sentence, and no client can tell that the reply was incomplete.',
  fix: 'Look for an exception or a timeout in your generator: it ended cleanly, but too early. Send an error event when that happens.',
  probes: 'every-stream',
  needs: ['whole', 'chunks'],
  *inspect({ reply, data, done, chunks }) {
    if (done || reply.choices.some(({ finishReason }) => finishReason !== undefined)) return
    // A stream that says why it ends did not just break off.
    if (data.some(({ payload }) => payload.kind === 'error')) return
    const last = chunks.at(-1)?.event
    yield {
      message: 'The stream ended with neither a finish_reason nor [DONE].',
      expected: 'a finish_reason on the last chunk, then [DONE]',
      ...(last && { at: last }),
    }
  },
  mutants: {
    'eof-mid-sentence': editFrames((frames) => frames.slice(0, Math.ceil(frames.length / 2))),
  },
  echoes: [
    'sse/done',
    'stream/finish-reason-missing',
    'stream/empty-reply',
    'stream/include-usage',
    'tools/arguments-json',
    'tools/arguments-empty',
  ],
})
