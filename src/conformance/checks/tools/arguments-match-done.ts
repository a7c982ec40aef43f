import { defineCheck } from '../../check/define-check.ts'
import { entriesOf } from '../../observe/entries-of.ts'
import { onceFor } from '../../observe/once-for.ts'
import { PIPECAT_RESPONSES } from '../../check/sources.ts'
import type { ResponsesEvidence } from '../../evidence/responses-evidence.ts'
import { editEach } from '../../faults/index.ts'

export default defineCheck({
  id: 'tools/arguments-match-done',
  title: 'The arguments that close a call are those of its deltas',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'Arguments are taken from response.output_item.done; other clients take them from the deltas',
    ...PIPECAT_RESPONSES,
  },
  effect:
    'The same reply calls a tool with other arguments, depending on the client that reads it.',
  fix: 'Build response.function_call_arguments.done, the item and the response from the deltas that were sent.',
  probes: 'every-stream',
  needs: ['beginning', 'tool-calls'],
  *inspect(evidence) {
    yield* onceFor(different(evidence.responses), ({ told, copy }) => ({
      message: 'The arguments that close a call are not those that were streamed.',
      expected: told,
      actual: copy.value,
      ...evidence.where(copy),
    }))
  },
  mutants: {
    'args-done-differs': editEach(/\.function_call_arguments\.done$/, (event) => {
      event.arguments = OTHER_ARGUMENTS
    }),
    'args-item-differs': editEach(/\.output_item\.done$/, ({ item }) => {
      if (item.type === 'function_call') item.arguments = OTHER_ARGUMENTS
    }),
  },
  echoes: ['behaviour/tool-triggered', 'tools/arguments-schema'],
})

const OTHER_ARGUMENTS = '{"other": true}'

function* different({ items, copies }: ResponsesEvidence) {
  for (const { call } of items) {
    if (!call) continue
    const own = copies.filter(({ of }) => of === call)
    const told = call.deltas > 0 ? call.streamed : own[0]?.value
    const copy = own.find(({ value }) => told !== undefined && !areSame(value, told))
    if (copy && told !== undefined) yield { told, copy }
  }
}

/** White space, and the order of members, are the server's. */
function areSame(a: string, b: string): boolean {
  return a === b || (entriesOf(a) !== undefined && entriesOf(a) === entriesOf(b))
}
