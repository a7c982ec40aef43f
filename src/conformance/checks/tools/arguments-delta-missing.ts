import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { issue, OPEN_RESPONSES } from '../../check/sources.ts'
import { dropEach } from '../../faults/index.ts'

export default defineCheck({
  id: 'tools/arguments-delta-missing',
  title: 'Arguments are streamed as response.function_call_arguments.delta',
  severity: 'info',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'The arguments of a function call are streamed in deltas',
    ...OPEN_RESPONSES,
    seenIn: issue('lidge-jun/opencodex', 4652),
  },
  effect: 'None for those who take a call when it is closed, as voice platforms do.',
  fix: 'Send the arguments as response.function_call_arguments.delta, be it in one piece.',
  probes: 'every-stream',
  needs: ['beginning', 'tool-calls'],
  *inspect(evidence) {
    const unstreamed = evidence.responses.items.flatMap(({ call }) =>
      call && call.deltas === 0 && call.arguments !== '' ? call : [],
    )
    yield* onceFor(unstreamed, ({ name, latest }) => ({
      message: `The arguments of ${name ?? 'a call'} come without a delta.`,
      expected: 'response.function_call_arguments.delta',
      ...evidence.where(latest),
    }))
  },
  mutants: {
    'args-no-delta': dropEach(/\.function_call_arguments\.delta$/),
  },
})
