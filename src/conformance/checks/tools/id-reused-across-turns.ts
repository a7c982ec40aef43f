import { isJsonObject, type JsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, OPENAI_TOOLS } from '../../check/sources.ts'
import { editEvents, editFragments } from '../../faults/index.ts'

export default defineCheck({
  id: 'tools/id-reused-across-turns',
  title: 'Tool-call ids are not reused across turns',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'A result names its call by tool_call_id, and every turn carries the whole history',
    ...OPENAI_TOOLS,
    seenIn: issue('NousResearch/hermes-agent', 70_724),
  },
  effect: 'Results from two turns share an id: frameworks drop one of them, or refuse the history.',
  fix: 'Make ids random, not from a counter that restarts with each reply.',
  wordsIn: {
    responses: {
      requirement: {
        text: 'A result names its call by call_id, and a turn may carry the whole history',
        ...OPENAI_TOOLS,
        seenIn: issue('NousResearch/hermes-agent', 70_724),
      },
    },
  },
  probes: 'every-stream',
  needs: ['request', 'tool-calls'],
  *inspect(evidence) {
    const earlier = callIdsIn(evidence.request)
    for (const { id, opening } of evidence.calls) {
      if (id === undefined || !earlier.has(id)) continue
      yield {
        message: `A tool call has the id ${showJson(id)}, which an earlier turn used.`,
        expected: 'an id that is new to the conversation',
        actual: showJson(id),
        ...evidence.whereCall({ opening }, 'id'),
      }
    }
  },
  mutants: {},
  mutantsIn: {
    chat: {
      'tool-id-call_0': editFragments((fragment, opening) => {
        if (opening) fragment.id = `call_${fragment.index}`
      }),
    },
    responses: {
      'tool-id-call_0': editEvents((events) => {
        const ids = [...new Set(events.flatMap(({ item }) => item?.call_id ?? []))]
        const items = events.flatMap(({ item, response }) => [item, response?.output].flat())
        for (const item of items)
          if (item?.call_id) item.call_id = `call_${ids.indexOf(item.call_id)}`
        return events
      }),
    },
  },
})

function callIdsIn({ messages }: JsonObject): Set<unknown> {
  const history = (Array.isArray(messages) ? messages : []).filter(isJsonObject)
  const calls = history.flatMap(({ tool_calls: made }) => (Array.isArray(made) ? made : []))
  return new Set(calls.filter(isJsonObject).map(({ id }) => id))
}
