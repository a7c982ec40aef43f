import { DONE } from '../../../protocol/index.ts'
import { defineCheck } from '../../check.ts'
import { insertAfterDone } from '../../mutate/index.ts'
import { github } from '../../sources.ts'

export default defineCheck({
  id: 'sse/done-once',
  title: '`[DONE]` is sent once',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'One terminator ends the stream',
    ...github('vllm-project/vllm', 378),
  },
  effect:
    'A client that reads on takes the second one for the answer to its next request, or for a broken chunk.',
  fix: 'Write [DONE] in one place only: either where the stream is made, or where it is passed on.',
  probes: 'every-stream',
  needs: ['stream'],
  *inspect({ data }) {
    const all = data.filter(({ payload }) => payload.kind === 'done')
    const second = all[1]
    if (!second) return
    yield {
      message: `[DONE] was sent ${all.length} times.`,
      expected: 'one [DONE]',
      at: second.event,
    }
  },
  mutants: { 'done-twice': insertAfterDone({ kind: 'event', atMs: 0, data: DONE }) },
})
