import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, OPENAI_CHUNK } from '../../check/sources.ts'
import { editFragments } from '../../faults/index.ts'

export default defineCheck({
  id: 'tools/id-missing',
  title: 'The first fragment of a tool call has an id',
  severity: 'error',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'The ID of the tool call, a string',
    ...OPENAI_CHUNK,
    seenIn: issue('use-agent-os/agent-os', 3265),
  },
  effect: 'The result of the tool cannot be matched to the call, so the next turn is refused.',
  fix: 'Give each call an id that is unique in the conversation ("call_" and a random string).',
  probes: 'every-stream',
  needs: ['tool-calls'],
  signs: ['odd-call'],
  *inspect(evidence) {
    const openings = evidence.chat.calls.map(({ opening }) => opening)
    const lacking = openings.filter(({ json: { id } }) => typeof id !== 'string' || id === '')
    yield* onceFor(lacking, (first) => ({
      message: 'A tool call starts without an id.',
      expected: 'a non-empty string id on its first fragment',
      actual: showJson(first.json['id']),
      ...evidence.where(first),
    }))
  },
  mutants: {
    'tool-no-id': editFragments((fragment) => delete fragment.id),
    'tool-id-null': editFragments((fragment) => (fragment.id = null)),
  },
})
