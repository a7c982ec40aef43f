import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, OPENAI_CHUNK } from '../../check/sources.ts'
import { editStream } from '../../faults/index.ts'

export default defineCheck({
  id: 'tools/id-repeated',
  title: 'The id of a tool call is sent once',
  severity: 'warning',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'Later fragments continue the first one; clients append their strings',
    ...OPENAI_CHUNK,
    seenIn: issue('JetBrains/koog', 2052),
  },
  effect:
    'openai-python\'s stream helper joins them to "call_1call_1"; the result no longer matches.',
  fix: 'Send id, type and function.name with the first fragment, then only function.arguments.',
  probes: 'every-stream',
  needs: ['tool-calls'],
  signs: ['contradiction'],
  *inspect(evidence) {
    yield* onceFor(evidence.chat.contradictions('tool-id-repeated'), ({ fragment }) => ({
      message: 'A later fragment repeats the id of its call.',
      expected: 'no id after the first fragment',
      actual: showJson(fragment.json['id']),
      ...evidence.where(fragment, '/id'),
    }))
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
