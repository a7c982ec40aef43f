import { defineCheck } from '../../check/define-check.ts'
import { OPENAI_NODE } from '../../check/sources.ts'
import { editFragments } from '../../faults/index.ts'

export default defineCheck({
  id: 'tools/index-gap',
  title: 'Tool calls are numbered from 0, without gaps',
  severity: 'warning',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'The index is the position of the call in the list of calls',
    ...OPENAI_NODE,
  },
  effect:
    'Clients build a list with holes; the official stream helpers crash on an index that starts at 1.',
  fix: 'Number the calls of each reply from 0.',
  probes: 'every-stream',
  needs: ['tool-calls'],
  signs: ['odd-call'],
  *inspect(evidence) {
    for (const { calls } of evidence.chat.choices) {
      const used = [...new Set(calls.flatMap(({ index }) => index ?? []))]
      const stray = calls.find(({ index }) => index !== undefined && index >= used.length)
      if (!stray) continue
      yield {
        message: `The indexes of ${used.length} tool ${used.length === 1 ? 'call' : 'calls'} are ${used.join(', ')}.`,
        expected: [...used.keys()].join(', '),
        actual: used.join(', '),
        ...evidence.where(stray.opening, '/index'),
      }
    }
  },
  mutants: { 'tool-index-from-1': editFragments((fragment) => (fragment.index += 1)) },
})
