import { defineCheck } from '../../check/define-check.ts'
import { issue, OPENAI_TOOLS } from '../../check/sources.ts'
import { type Draft, editStream, sayOtherwise } from '../../faults/index.ts'

/** The orders that the caller asks about. */
const ORDERS = ['A1042', 'B2077']
/** A call for both. */
const BOTH = JSON.stringify({ order_number: ORDERS.join(', '), detail: 'status' })

export default defineCheck({
  id: 'behaviour/parallel-tools',
  title: 'Two wishes are two calls, at once or one after the other',
  severity: 'info',
  since: '2026-11',
  requirement: {
    text: 'A response may have several function calls, each with arguments of its own',
    ...OPENAI_TOOLS,
    seenIn: issue('LibreChat-AI/agents', 260),
  },
  effect: 'The tool is asked for an order that does not exist, and the caller hears of neither.',
  fix: 'Keep calls apart by their index when you join or translate them.',
  wordsIn: {
    responses: {
      fix: 'Keep calls apart by their output_index when you join or translate them.',
    },
  },
  probes: ['two-tools'],
  needs: ['tool-calls', 'untruncated'],
  dependsOnModel: 'choice',
  *inspect(evidence) {
    for (const { name, arguments: args, latest } of evidence.calls) {
      if (name !== 'lookup_order' || !ORDERS.every((order) => args.includes(order))) continue
      yield {
        message: 'One call asks for both orders at once.',
        expected: 'a call for each order, now or in the next turn',
        actual: args,
        ...evidence.whereArguments({ latest }),
      }
    }
  },
  mutants: {},
  mutantsIn: {
    chat: {
      'merge-calls': editStream((chunks) => {
        const fragmentIn = (chunk: Draft): Draft => chunk.choices[0]?.delta.tool_calls?.[0]
        const first = chunks.map(fragmentIn).find((each) => each?.function.name === 'lookup_order')
        if (!first) return chunks
        first.function.arguments = BOTH
        return chunks.filter((chunk) => [undefined, first].includes(fragmentIn(chunk)))
      }),
    },
    responses: {
      'merge-calls': sayOtherwise(({ calls: [first], ...answer }) =>
        first?.name === 'lookup_order'
          ? { ...answer, calls: [{ ...first, arguments: BOTH }] }
          : undefined,
      ),
    },
  },
})
