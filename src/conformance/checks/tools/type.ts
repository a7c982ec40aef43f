import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { OPENAI_NODE } from '../../check/sources.ts'
import { editFragments } from '../../faults/index.ts'

export default defineCheck({
  id: 'tools/type',
  title: 'The first fragment of a tool call has the type `function`',
  severity: 'warning',
  since: '2026-11',
  dialect: 'chat',
  requirement: { text: 'The type of the tool: function', ...OPENAI_NODE },
  effect: "openai-node's stream helper throws on a call of another type, or of none.",
  fix: 'Add "type": "function" to the first fragment of every call.',
  probes: 'every-stream',
  needs: ['tool-calls'],
  signs: ['odd-call'],
  *inspect(evidence) {
    const openings = evidence.chat.calls.map(({ opening }) => opening)
    const wrong = openings.filter(({ json: { type } }) => type !== 'function')
    yield* onceFor(wrong, (first) => ({
      message: 'A tool call starts without the type "function".',
      expected: '"type": "function" on its first fragment',
      actual: showJson(first.json['type']),
      ...evidence.where(first),
    }))
  },
  echoes: ['chunk/openai-schema'],
  mutants: { 'tool-no-type': editFragments((fragment) => delete fragment.type) },
})
