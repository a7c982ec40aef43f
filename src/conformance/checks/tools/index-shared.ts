import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, OPENAI_CHUNK } from '../../check/sources.ts'
import { editFragments } from '../../faults/index.ts'

export default defineCheck({
  id: 'tools/index-shared',
  title: 'Two tool calls never share an index',
  severity: 'error',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'The index tells which call a fragment belongs to',
    ...OPENAI_CHUNK,
    seenIn: issue('ollama/ollama', 15_457),
  },
  effect: 'Clients concatenate the arguments of both calls: invalid JSON, and neither tool runs.',
  fix: 'Number the calls of a reply: index 0 for the first, 1 for the second, ...',
  probes: 'every-stream',
  needs: ['tool-calls'],
  signs: ['contradiction'],
  *inspect(evidence) {
    yield* onceFor(evidence.chat.contradictions('tool-index-shared'), ({ call, fragment }) => ({
      message: `Calls ${showJson(call.id)} and ${showJson(fragment.json['id'])} share index ${call.index}.`,
      expected: 'a different index for each call',
      ...evidence.where(fragment, '/index'),
    }))
  },
  mutants: {
    'tool-index-all-zero': editFragments((fragment) => (fragment.index = 0)),
  },
})
