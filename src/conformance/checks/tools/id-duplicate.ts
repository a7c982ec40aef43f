import { defineCheck } from '../../check/define-check.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, OPENAI_TOOLS } from '../../check/sources.ts'
import { editFragments, editItems } from '../../faults/index.ts'

export default defineCheck({
  id: 'tools/id-duplicate',
  title: 'Each tool call of a reply has its own id',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'A result names its call by tool_call_id',
    ...OPENAI_TOOLS,
    seenIn: issue('open-webui/open-webui', 28_305),
  },
  effect: 'Both results go to one call; the next turn is refused, or answers the wrong question.',
  fix: 'Create a new id for every call.',
  wordsIn: {
    responses: {
      requirement: {
        text: 'A result names its call by call_id',
        ...OPENAI_TOOLS,
        seenIn: issue('open-webui/open-webui', 28_305),
      },
      fix: 'Create a new call_id for every call.',
    },
  },
  probes: 'every-stream',
  needs: ['tool-calls'],
  signs: ['odd-call'],
  *inspect(evidence) {
    const seen = new Set<string>()
    for (const { id, opening } of evidence.calls) {
      if (id === undefined) continue
      if (seen.has(id)) {
        yield {
          message: `Two tool calls have the id ${showJson(id)}.`,
          expected: 'another id',
          actual: showJson(id),
          ...evidence.whereCall({ opening }, 'id'),
        }
      }
      seen.add(id)
    }
  },
  mutants: {},
  mutantsIn: {
    chat: {
      'tool-id-constant': editFragments((fragment, opening) => {
        if (opening) fragment.id = 'call_constant'
      }),
    },
    responses: {
      'tool-id-constant': editItems(/^function_call$/, (item) => (item.call_id = 'call_constant')),
    },
  },
})
