import { defineCheck } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, OPENAI_CHUNK } from '../../check/sources.ts'
import { editFragments } from '../../faults/index.ts'

export default defineCheck({
  id: 'tools/index-missing',
  title: 'Every fragment of a tool call has an integer `index`',
  severity: 'error',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'tool_calls[].index, an integer, is required',
    ...OPENAI_CHUNK,
    seenIn: issue('ollama/ollama', 7881),
  },
  effect:
    'openai-python raises; openai-node silently drops the call; clients cannot tell parallel calls apart.',
  fix: 'Add "index": 0 (1, 2, ... for further calls) to each element of delta.tool_calls.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const shapeless = evidence.chat.contradictions('calls-shapeless')
    if (evidence.calls.length === 0 && shapeless.length === 0) {
      return skip('the reply calls no tool')
    }
    yield* onceFor(shapeless, ({ piece }) => ({
      message: '`tool_calls` is not an array of objects, so clients find no call in it.',
      expected: 'an array of objects, each with an integer index',
      actual: showJson(piece.delta?.['tool_calls']),
      ...evidence.where(piece, '/delta/tool_calls'),
    }))
    yield* onceFor(evidence.chat.contradictions('tool-index-missing'), ({ fragment }) => ({
      message: 'A fragment of a tool call has no valid `index`, so clients cannot join it.',
      expected: 'an integer index, from 0, on every element of delta.tool_calls',
      actual: showJson(fragment.json['index']),
      ...evidence.where(fragment),
    }))
  },
  echoes: ['chunk/openai-schema'],
  mutants: {
    'tool-no-index': editFragments((fragment) => delete fragment.index),
    'tool-index-string': editFragments((fragment) => (fragment.index = String(fragment.index))),
  },
})
