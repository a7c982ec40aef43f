import { isJsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check.ts'
import { editArguments } from '../../mutate/index.ts'
import { github } from '../../sources.ts'
import { severityForTool } from '../../tool-severity.ts'

export default defineCheck({
  id: 'tools/arguments-object',
  title: 'The arguments of a tool call are a JSON object',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'Parameters are passed by name, so the arguments are an object',
    ...github('open-webui/open-webui', 29_654),
  },
  effect: 'The tool gets no parameters, or the platform rejects the call.',
  fix: 'Serialise an object, once: "{}" for no arguments; a string in a string was serialised twice.',
  probes: 'every-stream',
  needs: ['tool-calls'],
  *inspect(evidence) {
    for (const { name, arguments: args, fragments } of evidence.calls) {
      const value = parse(args)
      if (value === undefined || isJsonObject(value)) continue
      yield {
        message: `The arguments of ${name ?? 'a call'} are ${kindOf(value)}, not an object.`,
        expected: 'a JSON object',
        actual: args.slice(0, 200),
        ...evidence.where(fragments.at(-1)!, '/function/arguments'),
        severity: severityForTool(evidence, name),
      }
    }
  },
  mutants: {
    'tool-args-null': editArguments(() => 'null'),
    'tool-args-array': editArguments((args) => `[${args}]`),
    'tool-args-double-encoded': editArguments((args) => JSON.stringify(args)),
  },
})

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'string' ? 'JSON in a string' : `a ${typeof value}`
}
