import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { PIPECAT_RESPONSES } from '../../check/sources.ts'
import { dropEach } from '../../faults/index.ts'

export default defineCheck({
  id: 'tools/arguments-done-missing',
  title: 'response.function_call_arguments.done comes before its call is closed',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'response.function_call_arguments.done says that the arguments are whole',
    ...PIPECAT_RESPONSES,
  },
  effect:
    'Clients that wait for whole arguments make the call later than they could, or not at all.',
  fix: 'After the last delta, send response.function_call_arguments.done with all arguments, then response.output_item.done.',
  probes: 'every-stream',
  needs: ['beginning', 'tool-calls'],
  *inspect(evidence) {
    const early = evidence.responses.items.flatMap(({ type, call, done }) =>
      type === 'function_call' && call && done && (call.argumentsDone ?? Infinity) > done.event
        ? { call, done }
        : [],
    )
    yield* onceFor(early, ({ call, done }) => ({
      message: `The call of ${call.name ?? 'a tool'} was closed without response.function_call_arguments.done.`,
      expected: 'response.function_call_arguments.done, then response.output_item.done',
      ...evidence.where({ event: done.event, path: '' }),
    }))
  },
  mutants: {
    'args-no-done': dropEach(/\.function_call_arguments\.done$/),
  },
})
