import { defineCheck } from '../../check.ts'
import { editStream } from '../../mutate/index.ts'
import { github } from '../../sources.ts'
import { tally } from '../../tally.ts'

export default defineCheck({
  id: 'tools/name-repeated',
  title: 'The name of a tool call is sent once',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'Strings of later fragments are appended to those of the first',
    ...github('NousResearch/hermes-agent', 12_230),
  },
  effect: 'Clients join the names to "end_callend_call", and find no such tool.',
  fix: 'Send function.name with the first fragment, then only function.arguments.',
  probes: 'every-stream',
  needs: ['tool-calls'],
  *inspect(evidence) {
    const seen = evidence.reply.contradictions.filter((each) => each.kind === 'tool-name-repeated')
    for (const { first, count } of tally(seen)) {
      yield {
        message: `A later fragment repeats the name of its call.`,
        count,
        expected: 'no function.name after the first fragment',
        actual: JSON.stringify(first.fragment.function['name']),
        ...evidence.where(first.fragment, '/function/name'),
      }
    }
  },
  mutants: {
    'tool-name-every-chunk': editStream((chunks) => {
      const names = new Map<number, string>()
      for (const chunk of chunks) {
        for (const { index, function: called } of chunk.choices[0]?.delta.tool_calls ?? []) {
          if (called.name) names.set(index, called.name)
          else called.name = names.get(index)
        }
      }
      return chunks
    }),
  },
  echoes: ['tools/name-known'],
})
