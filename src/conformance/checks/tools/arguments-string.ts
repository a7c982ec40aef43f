import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, OPENAI_CHUNK } from '../../check/sources.ts'
import { editArguments } from '../../faults/index.ts'

export default defineCheck({
  id: 'tools/arguments-string',
  title: 'The arguments of a tool call are a string',
  severity: 'error',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'The arguments to call the function with, as JSON in a string',
    ...OPENAI_CHUNK,
    seenIn: issue('ggml-org/llama.cpp', 20_198),
  },
  effect: 'openai-node turns an object into "[object Object]"; the tool is not called as intended.',
  fix: 'Serialize them: "arguments": json.dumps(args). Open a call with "arguments": "".',
  probes: 'every-stream',
  needs: ['tool-calls'],
  signs: ['odd-call'],
  *inspect(evidence) {
    const fragments = evidence.chat.calls.flatMap((call) => call.fragments)
    const wrong = fragments.flatMap((fragment) => {
      const args = fragment.function['arguments'] ?? ''
      return typeof args === 'string' ? [] : { fragment, args }
    })
    yield* onceFor(wrong, ({ fragment, args }) => ({
      message: `The arguments of a tool call are ${Array.isArray(args) ? 'an array' : `of type ${typeof args}`}.`,
      expected: 'a string that contains JSON',
      actual: showJson(args),
      ...evidence.where(fragment, '/function/arguments'),
    }))
    const nulls = evidence.chat.calls.filter(
      ({ opening }) => opening.function['arguments'] === null,
    )
    yield* onceFor(nulls, ({ opening }) => ({
      message: 'A tool call starts with `null` for its arguments.',
      expected: 'a string, which may be empty',
      actual: 'null',
      ...evidence.where(opening, '/function/arguments'),
      severity: 'warning',
    }))
  },
  mutants: { 'tool-args-object': editArguments((args) => JSON.parse(args)) },
  echoes: ['chunk/openai-schema', 'tools/arguments-json', 'tools/arguments-empty'],
})
