import { defineCheck } from '../../check.ts'
import { editFragments } from '../../mutate/index.ts'
import { github } from '../../sources.ts'

export default defineCheck({
  id: 'tools/id-duplicate',
  title: 'Each tool call of a reply has an id of its own',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'A result names its call by id',
    ...github('open-webui/open-webui', 28_305),
  },
  effect: 'Both results go to one call; the next turn is refused, or answers the wrong question.',
  fix: 'Make a new id for every call.',
  probes: 'every-stream',
  needs: ['tool-calls'],
  *inspect(evidence) {
    const seen = new Set<string>()
    for (const { id, fragments } of evidence.calls) {
      if (id !== undefined && seen.has(id)) {
        yield {
          message: `Two tool calls have the id ${JSON.stringify(id)}.`,
          expected: 'another id',
          actual: JSON.stringify(id),
          ...evidence.where(fragments[0]!, '/id'),
        }
      }
      if (id !== undefined) seen.add(id)
    }
  },
  mutants: {
    'tool-id-constant': editFragments((fragment, opening) => {
      if (opening) fragment.id = 'call_constant'
    }),
  },
})
