import { DONE } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { OPENAI_NODE_STREAMING } from '../../check/sources.ts'
import { type Draft, editFrames, insertAfterDone } from '../../faults/index.ts'

export default defineCheck({
  id: 'sse/event-after-done',
  title: 'No event follows `[DONE]`',
  severity: 'error',
  since: '2026-11',
  dialect: 'chat',
  requirement: { text: 'Clients stop reading at [DONE]', ...OPENAI_NODE_STREAMING },
  effect: 'What comes after is lost: words that are never spoken, usage that is never counted.',
  fix: 'Send [DONE] last, after every chunk, including the one with the usage.',
  probes: 'every-stream',
  needs: ['stream'],
  signs: ['odd-event'],
  *inspect({ chat: { data }, done }) {
    if (!done) return
    const after = data.slice(done.index + 1)
    const spoken = after.find(({ event }) => /"(?:content|arguments)" ?: ?"[^"]/.test(event.data))
    const late = spoken ?? after.find(({ payload }) => payload.kind !== 'done')
    if (!late) return
    yield {
      message: spoken ? 'Content came after [DONE].' : 'An event came after [DONE].',
      expected: 'nothing but comments after [DONE]',
      at: late.event,
      severity: spoken ? 'error' : 'warning',
    }
  },
  mutants: {
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
  echoes: ['stream/include-usage'],
})

function isUsage(frame: Draft): boolean {
  return frame.data !== DONE && Boolean(JSON.parse(frame.data).usage)
}
