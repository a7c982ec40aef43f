import type { Tamper } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { issue, OPENAI_TOOLS } from '../../check/sources.ts'
import { editFragments, editItems } from '../../faults/index.ts'

const CALL = /^function_call$/

export default defineCheck({
  id: 'tools/name-known',
  title: 'Only tools that were offered are called',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'The model calls functions that the request defines',
    ...OPENAI_TOOLS,
    seenIn: issue('livekit/agents', 6085),
  },
  effect:
    'The platform has no such tool: it rejects the call, and the caller hears silence or the same line again.',
  fix: 'Pass the tools of the request on to your model unchanged; run tools of your own without streaming their calls.',
  probes: 'every-stream',
  needs: ['request', 'tool-calls'],
  dependsOnModel: 'form',
  *inspect(evidence) {
    const offered = [...evidence.offered.keys()]
    for (const { name, opening } of evidence.calls) {
      if (name === undefined || offered.includes(name)) continue
      yield {
        message: `The reply calls "${name}", which was not offered.`,
        expected: offered.length > 0 ? offered.join(', ') : 'no call: no tool was offered',
        actual: name,
        ...evidence.whereCall({ opening }, 'name'),
      }
    }
  },
  mutants: {},
  mutantsIn: {
    chat: {
      'tool-name-unknown': editName(() => 'transfer_to_human'),
      'tool-name-prefixed': editName((name) => `functions.${name}`),
    },
    responses: {
      'tool-name-unknown': editItems(CALL, (item) => (item.name = 'transfer_to_human')),
      'tool-name-prefixed': editItems(CALL, (item) => (item.name = `functions.${item.name}`)),
    },
  },
})

function editName(edit: (name: string) => string): Tamper {
  return editFragments((fragment, opening) => {
    if (opening) fragment.function.name = edit(fragment.function.name)
  })
}
