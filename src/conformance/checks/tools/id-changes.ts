import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, OPENAI_CHUNK } from '../../check/sources.ts'
import { editStream } from '../../faults/index.ts'

export default defineCheck({
  id: 'tools/id-changes',
  title: 'The id of a tool call does not change',
  severity: 'error',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'The ID of the tool call: one for all its fragments',
    ...OPENAI_CHUNK,
    seenIn: issue('poolsideai/pool', 9),
  },
  effect: 'Clients take it for another call, or throw; the result cannot be matched to the call.',
  fix: 'Create the id once for each call, and send it with the first fragment only.',
  probes: 'every-stream',
  needs: ['tool-calls'],
  signs: ['contradiction'],
  *inspect(evidence) {
    yield* onceFor(evidence.chat.contradictions('tool-id-changes'), ({ call, fragment }) => ({
      message: `The id of a call changed from ${showJson(call.id)}.`,
      expected: 'no id after the first fragment',
      actual: showJson(fragment.json['id']),
      ...evidence.where(fragment, '/id'),
    }))
  },
  mutants: {
    'tool-id-per-chunk': editStream((chunks) => {
      let count = 0
      for (const chunk of chunks) {
        for (const fragment of chunk.choices[0]?.delta.tool_calls ?? []) {
          fragment.id = `${chunk.id}-${count++}`
        }
      }
      return chunks
    }),
  },
})
