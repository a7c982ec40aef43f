import { isJsonObject, type JsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check.ts'
import { editFragments } from '../../mutate/index.ts'
import { github } from '../../sources.ts'

export default defineCheck({
  id: 'tools/id-reused-across-turns',
  title: 'A tool call does not take the id of an earlier one',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'Ids are unique in a conversation, since its whole history is sent with every turn',
    ...github('NousResearch/hermes-agent', 70_724),
  },
  effect:
    'Results of two turns answer to one id: frameworks drop one of them, or refuse the history.',
  fix: 'Make ids from something random, not from a counter that starts again with each reply.',
  probes: 'every-stream',
  needs: ['request', 'tool-calls'],
  *inspect(evidence) {
    const earlier = idsIn(evidence.request!)
    for (const { id, fragments } of evidence.calls) {
      if (id === undefined || !earlier.has(id)) continue
      yield {
        message: `A tool call has the id ${JSON.stringify(id)}, which an earlier turn used.`,
        expected: 'an id that is new to the conversation',
        actual: JSON.stringify(id),
        ...evidence.where(fragments[0]!, '/id'),
      }
    }
  },
  mutants: {
    'tool-id-call_0': editFragments((fragment, opening) => {
      if (opening) fragment.id = `call_${fragment.index}`
    }),
  },
})

function idsIn({ messages }: JsonObject): Set<unknown> {
  const history = (Array.isArray(messages) ? messages : []).filter(isJsonObject)
  const calls = history.flatMap(({ tool_calls: made }) => (Array.isArray(made) ? made : []))
  return new Set(calls.filter(isJsonObject).map(({ id }) => id))
}
