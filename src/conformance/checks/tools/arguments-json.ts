import { defineCheck } from '../../check.ts'
import { editArguments, type Draft, editStream } from '../../mutate/index.ts'
import { github } from '../../sources.ts'

export default defineCheck({
  id: 'tools/arguments-json',
  title: 'The arguments of a tool call, joined, are JSON',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'The fragments of the arguments, in order, make one JSON text',
    ...github('open-webui/open-webui', 22_235),
  },
  effect: 'The tool cannot be called: the platform rejects the call, or asks the model again.',
  fix: 'Send each piece of the arguments once and in order: increments, not the text so far, and nothing after the closing brace.',
  probes: 'every-stream',
  needs: ['tool-calls', 'untruncated'],
  *inspect(evidence) {
    for (const { name, arguments: args, fragments } of evidence.calls) {
      const fault = args.trim() === '' ? undefined : faultOf(args)
      if (fault === undefined) continue
      yield {
        message: `The arguments of ${name ?? 'a call'} are not JSON: ${fault}.`,
        expected: 'one JSON object',
        actual: args.slice(0, 200),
        ...evidence.where(fragments.at(-1)!, '/function/arguments'),
      }
    }
  },
  mutants: {
    'tool-args-truncated': editArguments((args) => args.slice(0, -2)),
    'tool-args-double': editArguments((args) => args + args),
    'tool-args-cumulative': editStream((chunks) => {
      const soFar = new Map<number, string>()
      const fragments: Draft[] = chunks.flatMap((chunk) => chunk.choices[0]?.delta.tool_calls ?? [])
      for (const { index, function: called } of fragments) {
        called.arguments = (soFar.get(index) ?? '') + called.arguments
        soFar.set(index, called.arguments)
      }
      return chunks
    }),
  },
})

function faultOf(text: string): string | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch (error) {
    return (error as SyntaxError).message
  }
}
