import { defineCheck } from '../../check.ts'
import { editStream } from '../../mutate/index.ts'
import { github } from '../../sources.ts'
import { tally } from '../../tally.ts'

export default defineCheck({
  id: 'tools/id-changes',
  title: 'The id of a tool call does not change',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'The ID of the tool call: one for all its fragments',
    ...github('poolsideai/pool', 9),
  },
  effect: 'Clients take it for another call, or raise; the result cannot be matched to the call.',
  fix: 'Make the id once for each call, and send it with the first fragment only.',
  probes: 'every-stream',
  needs: ['tool-calls'],
  *inspect(evidence) {
    const seen = evidence.reply.contradictions.filter((each) => each.kind === 'tool-id-changes')
    for (const { first, count } of tally(seen)) {
      yield {
        message: `The id of a call changed from ${JSON.stringify(first.call.id)}.`,
        count,
        expected: 'no id after the first fragment',
        actual: JSON.stringify(first.fragment.json['id']),
        ...evidence.where(first.fragment, '/id'),
      }
    }
  },
  mutants: {
    'tool-id-per-chunk': editStream((chunks) => {
      let count = 0
      for (const chunk of chunks) {
        for (const fragment of chunk.choices[0]?.delta.tool_calls ?? []) {
          fragment.id = `${chunk.id}-${count++}`
        }
      }
      return chunks
    }),
  },
})
