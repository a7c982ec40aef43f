import { defineCheck } from '../../check.ts'
import { editFragments } from '../../mutate/index.ts'
import { OPENAI_NODE } from '../../sources.ts'

export default defineCheck({
  id: 'tools/index-gap',
  title: 'Tool calls are counted from 0, without gaps',
  severity: 'warning',
  since: '2026-11',
  requirement: { text: 'The index is the place of the call in the list of calls', ...OPENAI_NODE },
  effect:
    'Clients build a list with holes; the official stream helpers crash on an index that starts at 1.',
  fix: 'Count the calls of each reply from 0.',
  probes: 'every-stream',
  needs: ['tool-calls'],
  *inspect(evidence) {
    for (const { toolCalls } of evidence.reply.choices) {
      const counted = new Set(toolCalls.flatMap(({ index }) => index ?? []))
      const stray = toolCalls.find(({ index }) => index !== undefined && index >= counted.size)
      if (!stray) continue
      yield {
        message: `The indexes of ${counted.size} tool ${counted.size === 1 ? 'call' : 'calls'} are ${[...counted].join(', ')}.`,
        expected: [...counted.keys()].map((_, i) => i).join(', '),
        actual: [...counted].join(', '),
        ...evidence.where(stray.fragments[0]!, '/index'),
      }
    }
  },
  mutants: { 'tool-index-from-1': editFragments((fragment) => (fragment.index += 1)) },
})
