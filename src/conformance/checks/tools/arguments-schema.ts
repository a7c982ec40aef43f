import {
  compileSchema,
  isJsonObject,
  type JsonObject,
  type Violation,
} from '../../../protocol/index.ts'
import { defineCheck } from '../../check.ts'
import type { Evidence } from '../../evidence.ts'
import { editArguments } from '../../mutate/index.ts'

export default defineCheck({
  id: 'tools/arguments-schema',
  title: 'The arguments of a tool call satisfy the schema in the request',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'The parameters of the tool describe what its arguments must be',
    source: 'K2-Vendor-Verifier, schema accuracy',
    url: 'https://github.com/MoonshotAI/K2-Vendor-Verifier',
  },
  effect: 'The platform rejects the call and asks again, so the caller hears the same line twice.',
  fix: 'Pass the schema on to your model as it was sent (strict mode where it has one); never fill in arguments by hand.',
  probes: 'every-stream',
  needs: ['request', 'tool-calls', 'untruncated'],
  *inspect(evidence) {
    for (const { name, arguments: args, fragments } of evidence.calls) {
      const violation = violationOf(args, parametersOf(evidence, name))
      if (!violation) continue
      yield {
        message: `The arguments of ${name} break its schema: ${violation.path || 'the whole'} ${violation.message}.`,
        expected: 'arguments that satisfy the parameters of the tool',
        actual: args.slice(0, 200),
        ...evidence.where(fragments.at(-1)!, '/function/arguments'),
      }
    }
  },
  mutants: {
    'tool-args-wrong-enum': editArguments((args, parameters) => {
      const properties = (parameters?.['properties'] ?? {}) as Record<string, JsonObject>
      const limited = Object.entries(properties).find(([, { enum: members }]) => members)?.[0]
      return limited ? JSON.stringify({ ...JSON.parse(args), [limited]: 'no such member' }) : args
    }),
    'tool-args-missing-required': editArguments((args, parameters) =>
      (parameters?.['required'] as string[] | undefined)?.length ? '{}' : args,
    ),
  },
})

function parametersOf({ offered }: Evidence, name: string | undefined): JsonObject | undefined {
  const parameters = offered?.get(name ?? '')?.['parameters']
  return isJsonObject(parameters) ? parameters : undefined
}

function violationOf(args: string, schema: JsonObject | undefined): Violation | undefined {
  if (!schema) return undefined
  try {
    const value: unknown = JSON.parse(args)
    return isJsonObject(value) ? compileSchema(schema)(value)[0] : undefined
  } catch {
    // Arguments that are no JSON, and schemas that are none, are told elsewhere or the caller's own.
    return undefined
  }
}
