import { defineCheck } from '../../check.ts'
import { editStream } from '../../mutate/index.ts'
import { github } from '../../sources.ts'
import { tally } from '../../tally.ts'

export default defineCheck({
  id: 'tools/id-repeated',
  title: 'The id of a tool call is sent once',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'Strings of later fragments are appended to those of the first',
    ...github('JetBrains/koog', 2052),
  },
  effect:
    'openai-python\'s stream helper joins them to "call_1call_1"; the result no longer matches.',
  fix: 'Send id, type and function.name with the first fragment, then only function.arguments.',
  probes: 'every-stream',
  needs: ['tool-calls'],
  *inspect(evidence) {
    const seen = evidence.reply.contradictions.filter((each) => each.kind === 'tool-id-repeated')
    for (const { first, count } of tally(seen)) {
      yield {
        message: `A later fragment repeats the id of its call.`,
        count,
        expected: 'no id after the first fragment',
        actual: JSON.stringify(first.fragment.json['id']),
        ...evidence.where(first.fragment, '/id'),
      }
    }
  },
  mutants: {
    'tool-id-every-chunk': editStream((chunks) => {
      const ids = new Map<number, string>()
      for (const chunk of chunks) {
        for (const fragment of chunk.choices[0]?.delta.tool_calls ?? []) {
          if (fragment.id) ids.set(fragment.index, fragment.id)
          else fragment.id = ids.get(fragment.index)
        }
      }
      return chunks
    }),
  },
})
