import { isJsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, LIVEKIT_RESPONSES } from '../../check/sources.ts'
import type { ResponsesEvidence } from '../../evidence/responses-evidence.ts'
import { type Draft, editEvents, renumbered } from '../../faults/index.ts'

export default defineCheck({
  id: 'tools/call-only-in-completed',
  title: 'Calls are streamed as items, not only listed when the response ends',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'Calls are taken from response.output_item.done alone',
    ...LIVEKIT_RESPONSES,
    seenIn: issue('openai/codex', 12_798),
  },
  effect: 'The call is never made: no client that streams looks for it there.',
  fix: 'Send response.output_item.added and response.output_item.done for each call before the response ends.',
  probes: 'every-stream',
  needs: ['beginning'],
  *inspect(evidence) {
    yield* onceFor(unstreamed(evidence.responses), ({ name, ...spot }) => ({
      message: `A call of ${showJson(name)} is listed in the response, but was not streamed.`,
      expected: 'response.output_item.added and response.output_item.done for it',
      ...evidence.where(spot),
    }))
  },
  mutants: {
    'call-only-in-completed': editEvents((events) => {
      const calls = new Set(events.filter(isCall).map(({ output_index: index }) => index))
      return renumbered(events.filter(({ output_index: index }) => !calls.has(index)))
    }),
  },
  echoes: ['stream/empty-reply', 'stream/completed-output', 'behaviour/tool-triggered'],
})

function isCall({ item }: Draft): boolean {
  return item?.type === 'function_call'
}

/** By place, since ids may change. */
function* unstreamed({ terminals, items }: ResponsesEvidence) {
  const calls = items.filter(({ call }) => call)
  for (const { event, response } of terminals) {
    const output = response?.['output']
    let listed = 0
    for (const [i, item] of (Array.isArray(output) ? output : []).entries()) {
      if (!isJsonObject(item) || item['type'] !== 'function_call') continue
      if (listed++ >= calls.length) {
        yield { name: item['name'], event, path: `/response/output/${i}` }
      }
    }
  }
}
