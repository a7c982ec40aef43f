import type { JsonObject } from '../../../../protocol/index.ts'
import { defineCheck } from '../../../check/define-check.ts'
import { RESPONSES_EVENTS } from '../../../check/sources.ts'
import { editItems } from '../../../faults/index.ts'
import { onceFor } from '../../../observe/once-for.ts'
import { showJson } from '../../../observe/show-json.ts'

/** Those of the API that carry the name of a tool; others may be called as an offered one is. */
const CALLS: readonly unknown[] = ['function_call', 'custom_tool_call', 'mcp_call']

export default defineCheck({
  id: 'tools/type',
  title: 'The item of a call has the type `function_call`',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'The type of the function tool call. Always function_call',
    ...RESPONSES_EVENTS,
  },
  effect: 'No client takes it for a call: the tool is never called.',
  fix: 'Write "type": "function_call" into the item, with call_id, name and arguments beside it.',
  probes: 'every-stream',
  needs: ['request', 'chunks'],
  *inspect(evidence) {
    const wrong = evidence.responses.items.flatMap(({ added, done }) =>
      [added, done].flatMap((told) =>
        told && isMeantAsCall(told.item, evidence.offered) ? told : [],
      ),
    )
    yield* onceFor(wrong, ({ event, item }) => ({
      message: `An item that calls ${showJson(item['name'])} has the type ${showJson(item['type'])}.`,
      expected: '"type": "function_call"',
      actual: showJson(item['type']),
      ...evidence.where({ event, path: '/item/type' }),
    }))
  },
  mutants: {
    'tool-type-function': editItems(/^function_call$/, (item) => (item.type = 'function')),
  },
})

/** Whether an item that is no call names a tool that was offered, as chat completions and other APIs do. */
function isMeantAsCall({ type, name }: JsonObject, offered: ReadonlyMap<string, unknown>): boolean {
  return typeof name === 'string' && offered.has(name) && !CALLS.includes(type)
}
