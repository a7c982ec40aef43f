import { isJsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { AI_SDK, issue } from '../../check/sources.ts'
import { blamesClient, expectRefusal } from '../../observe/expect-refusal.ts'
import { keepItems } from '../../faults/index.ts'

export default defineCheck({
  id: 'request/item-reference',
  title: 'A reference to an item that is not kept is refused, never left out',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  optIn: '--profile ai-sdk',
  requirement: {
    text: 'Unless `store` is false, earlier items are sent as {"type": "item_reference", "id": "..."}',
    ...AI_SDK,
    seenIn: issue('vllm-project/vllm', 55_974),
  },
  effect:
    'The model answers without what was said before: the agent forgets, and nothing says why.',
  fix: 'Put the item in its place; where you do not keep items, refuse the request with status 400 or 404, and name the id.',
  probes: ['reference'],
  needs: ['exchange'],
  *inspect(evidence) {
    yield* expectRefusal(evidence, {
      what: 'A request with a reference to an item that never was',
      expected: 'status 400 or 404',
      isFine: (status) => blamesClient(status),
    })
  },
  mutants: {
    'drop-item-reference': keepItems((item) => !isJsonObject(item) || !isReference(item)),
  },
})

function isReference({ type }: { readonly type?: unknown }): boolean {
  return type === 'item_reference'
}
