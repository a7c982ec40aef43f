import { defineCheck } from '../../check.ts'
import { editArguments } from '../../mutate/index.ts'
import { github } from '../../sources.ts'
import { tally } from '../../tally.ts'

export default defineCheck({
  id: 'tools/arguments-string',
  title: 'The arguments of a tool call are a string',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'The arguments to call the function with, as JSON in a string',
    ...github('ggml-org/llama.cpp', 20_198),
  },
  effect:
    'openai-node turns an object into "[object Object]"; the tool is never called with what was meant.',
  fix: 'Serialise them: "arguments": json.dumps(args). Open a call with "arguments": "".',
  probes: 'every-stream',
  needs: ['tool-calls'],
  *inspect(evidence) {
    const fragments = evidence.calls.flatMap((call) => call.fragments)
    const wrong = fragments.filter(
      (fragment) => typeof (fragment.function['arguments'] ?? '') !== 'string',
    )
    for (const { first, count } of tally(wrong)) {
      const args = first.function['arguments']!
      yield {
        message: `The arguments of a tool call are ${Array.isArray(args) ? 'an array' : `of type ${typeof args}`}.`,
        count,
        expected: 'a string that holds JSON',
        actual: JSON.stringify(args).slice(0, 200),
        ...evidence.where(first, '/function/arguments'),
      }
    }
    const opened = evidence.calls.map((call) => call.fragments[0]!)
    for (const { first, count } of tally(
      opened.filter((each) => each.function['arguments'] === null),
    )) {
      yield {
        message: `A tool call starts with \`null\` for its arguments.`,
        count,
        expected: 'a string, if need be an empty one',
        actual: 'null',
        ...evidence.where(first, '/function/arguments'),
        severity: 'warning',
      }
    }
  },
  mutants: { 'tool-args-object': editArguments((args) => JSON.parse(args)) },
  echoes: ['tools/arguments-json', 'tools/arguments-empty'],
})
