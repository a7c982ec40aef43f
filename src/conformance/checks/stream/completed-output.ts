import { isJsonObject, type Json, type OutputItem } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, RESPONSES_OBJECT } from '../../check/sources.ts'
import { editEach } from '../../faults/index.ts'

export default defineCheck({
  id: 'stream/completed-output',
  title: 'The response that ends a stream lists the items that were streamed',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'output: the items that the model generated',
    ...RESPONSES_OBJECT,
    seenIn: issue('vllm-project/vllm', 30_223),
  },
  effect:
    'Clients that take the final text from the last event get an empty one, or ids they do not know.',
  fix: 'Put each item, as response.output_item.done has it, into `output` of the response, in that order.',
  probes: 'every-stream',
  needs: ['beginning'],
  *inspect(evidence) {
    const { terminals, items } = evidence.responses
    for (const { event, type, response } of terminals) {
      const output = response?.['output']
      if (type === 'response.failed' || !Array.isArray(output)) continue
      const listed = output.map(idIn)
      const streamed = items
        .toSorted((a, b) => (a.outputIndex ?? 0) - (b.outputIndex ?? 0))
        .map(idOf)
      if (areSame(listed, streamed)) continue
      yield {
        message:
          output.length === streamed.length
            ? 'The response that ends the stream lists the items under other ids.'
            : `The response that ends the stream lists ${output.length} items; ${streamed.length} were streamed.`,
        expected: showJson(streamed),
        actual: showJson(listed),
        ...evidence.where({ event, path: '/response/output' }),
      }
    }
  },
  mutants: {
    'completed-output-empty': editEach(/\.completed$/, ({ response }) => (response.output = [])),
    'completed-output-other-ids': editEach(/\.completed$/, ({ response }) => {
      for (const item of response.output) item.id += '_again'
    }),
  },
})

/** `null` where there is none to compare. */
type Id = string | null

function idIn(item: Json): Id {
  const id = isJsonObject(item) ? item['id'] : undefined
  return typeof id === 'string' ? id : null
}

/** By the end of the item, since ids that change are told elsewhere. */
function idOf({ id, done }: OutputItem): Id {
  return (done && idIn(done.item)) ?? id ?? null
}

function areSame(listed: readonly Id[], streamed: readonly Id[]): boolean {
  return (
    listed.length === streamed.length &&
    listed.every((id, i) => id === null || streamed[i] === null || id === streamed[i])
  )
}
