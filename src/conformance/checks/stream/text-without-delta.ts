import { type Copy, isJsonObject, type JsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showEnd } from '../../observe/show-end.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { dropEach, editEvents, renumbered } from '../../faults/index.ts'

export default defineCheck({
  id: 'stream/text-without-delta',
  title: 'All text of a message comes as response.output_text.delta',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'Text is spoken from response.output_text.delta',
    ...ELEVENLABS,
    seenIn: issue('pipecat-ai/pipecat', 5309),
  },
  effect: 'The agent is silent: clients speak deltas, and nothing else.',
  fix: 'Send the text as response.output_text.delta, be it in one piece, before the events that repeat it.',
  probes: 'every-stream',
  needs: ['beginning'],
  *inspect(evidence) {
    yield* onceFor([...untold(evidence), ...onlyInResponse(evidence)], ({ value, ...spot }) => ({
      message: 'A text came without a response.output_text.delta.',
      expected: 'response.output_text.delta with this text before it is repeated',
      actual: showEnd(value),
      ...evidence.where(spot),
    }))
  },
  mutants: {
    'text-only-in-done': dropEach(/\.output_text\.delta$/),
    'text-only-in-completed': editEvents((events) => {
      const messages = new Set(
        events.filter(({ item }) => item?.type === 'message').map((each) => each.output_index),
      )
      return renumbered(events.filter((each) => !messages.has(each.output_index)))
    }),
  },
  echoes: ['stream/empty-reply', 'stream/completed-output', 'tools/call-only-in-completed'],
})

type Untold = Pick<Copy, 'event' | 'path' | 'value'>

function untold({ responses }: Evidence): Untold[] {
  return responses.copies.filter(
    ({ of, value }) => Array.isArray(of) && of.length === 0 && value !== '',
  )
}

/** Of a reply that has no item for its text to be held against. */
function onlyInResponse({ responses, spoken }: Evidence): Untold[] {
  if (spoken.length > 0 || responses.items.length > 0) return []
  return responses.terminals.flatMap(({ event, response }) => {
    const output = response?.['output']
    return (Array.isArray(output) ? output : []).flatMap((item, i) =>
      isJsonObject(item)
        ? textsIn(item).map(({ part, value }) => {
            const path = `/response/output/${i}/content/${part}/text`
            return { event, path, value }
          })
        : [],
    )
  })
}

function textsIn({ content }: JsonObject): { part: number; value: string }[] {
  return (Array.isArray(content) ? content : []).flatMap((each, part) => {
    if (!isJsonObject(each) || each['type'] !== 'output_text') return []
    const { text } = each
    return typeof text === 'string' && text !== '' ? { part, value: text } : []
  })
}
