import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, OPENAI_CHUNK } from '../../check/sources.ts'
import { editFragments, editStream } from '../../faults/index.ts'

export default defineCheck({
  id: 'tools/name-repeated',
  title: 'The name of a tool call is sent once',
  severity: 'error',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'Later fragments continue the first one; clients append their strings',
    ...OPENAI_CHUNK,
    seenIn: issue('NousResearch/hermes-agent', 12_230),
  },
  effect:
    'Clients join the names to "end_callend_call", or take the last one, and find no such tool.',
  fix: 'Send function.name with the first fragment, then only function.arguments.',
  probes: 'every-stream',
  needs: ['tool-calls'],
  signs: ['contradiction'],
  *inspect(evidence) {
    const repeated = evidence.chat.contradictions('tool-name-repeated')
    const kinds = Map.groupBy(
      repeated,
      ({ fragment, call }) => fragment.function['name'] === call.name,
    )
    for (const [isSame, each] of kinds) {
      yield* onceFor(each, ({ fragment, call }) => ({
        message: isSame
          ? 'A later fragment repeats the name of its call.'
          : `A later fragment gives the call of ${call.name} the name ${showJson(fragment.function['name'])}.`,
        expected: 'no function.name after the first fragment',
        actual: showJson(fragment.function['name']),
        ...evidence.where(fragment, '/function/name'),
      }))
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
    'tool-name-becomes-null': editFragments((fragment, isOpening) => {
      if (!isOpening) fragment.function.name = 'null'
    }),
  },
  echoes: ['tools/name-known'],
})
