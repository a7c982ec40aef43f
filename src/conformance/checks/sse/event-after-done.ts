import { DONE } from '../../../protocol/index.ts'
import type { Frame } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { OPENAI_NODE_STREAMING } from '../../check/sources.ts'
import { type Draft, editFrames, insertAfterDone } from '../../faults/index.ts'

/** Text or arguments: of a chunk, or of a delta. */
const SPOKEN = /"(?:content|arguments|delta)" ?: ?"[^"]/

export default defineCheck({
  id: 'sse/event-after-done',
  title: 'No event follows `[DONE]`',
  severity: 'error',
  since: '2026-11',
  requirement: { text: 'Clients stop reading at [DONE]', ...OPENAI_NODE_STREAMING },
  effect: 'What comes after is lost: words that are never spoken, usage that is never counted.',
  fix: 'Send [DONE] last, after every chunk, including the one with the usage.',
  wordsIn: {
    responses: {
      fix: 'Send [DONE], if at all, last: after response.completed.',
    },
  },
  probes: 'every-stream',
  needs: ['stream'],
  signs: ['odd-event'],
  *inspect({ data }) {
    const end = data.findIndex(({ payload }) => payload.kind === 'done')
    if (end < 0) return
    const after = data.slice(end + 1)
    const spoken = after.find(({ event }) => SPOKEN.test(event.data))
    const late = spoken ?? after.find(({ payload }) => payload.kind !== 'done')
    if (!late) return
    yield {
      message: spoken ? 'Content came after [DONE].' : 'An event came after [DONE].',
      expected: 'nothing but comments after [DONE]',
      at: late.event,
      severity: spoken ? 'error' : 'warning',
    }
  },
  mutants: {},
  mutantsIn: {
    chat: {
      'content-after-done': insertAfterDone({
        kind: 'event',
        atMs: 0,
        data: '{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1767225600,"model":"custom-model","choices":[{"index":0,"delta":{"content":" And one more thing."},"finish_reason":null}]}',
      }),
      'usage-after-done': editFrames((frames) => [
        ...frames.filter((frame) => !isUsage(frame)),
        ...frames.filter(isUsage),
      ]),
    },
    responses: {
      'content-after-done': editFrames((frames) => [...frames, LATE_DELTA]),
      'usage-after-done': editFrames((frames) => [
        ...frames.slice(0, -2),
        ...frames.slice(-2).toReversed(),
      ]),
    },
  },
  echoes: ['stream/include-usage'],
})

const LATE_DELTA: Frame = {
  kind: 'event',
  atMs: 0,
  event: 'response.output_text.delta',
  data: '{"type":"response.output_text.delta","sequence_number":99,"item_id":"msg_1","output_index":0,"content_index":0,"delta":" And one more thing.","logprobs":[]}',
}

function isUsage(frame: Draft): boolean {
  return frame.data !== DONE && Boolean(JSON.parse(frame.data).usage)
}
