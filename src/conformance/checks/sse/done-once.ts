import { DONE } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import { insertAfterDone } from '../../faults/index.ts'

export default defineCheck({
  id: 'sse/done-once',
  title: '`[DONE]` is sent once',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'The stream ends with data: [DONE]',
    ...ELEVENLABS,
    seenIn: issue('vllm-project/vllm', 378),
  },
  effect:
    'A client that keeps reading takes the second one for a broken event, or for part of its next answer.',
  fix: 'Write [DONE] in one place only: where the stream is made, or where it is passed on.',
  probes: 'every-stream',
  needs: ['stream'],
  signs: ['odd-event'],
  *inspect({ data }) {
    const [, second, ...more] = data.filter(({ payload }) => payload.kind === 'done')
    if (!second) return
    yield {
      message: `[DONE] was sent ${2 + more.length} times.`,
      expected: 'one [DONE]',
      at: second.event,
    }
  },
  mutants: { 'done-twice': insertAfterDone({ kind: 'event', atMs: 0, data: DONE }) },
})
