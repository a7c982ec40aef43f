import { isJsonObject, type Json } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { severityForTool } from './severity-for-tool.ts'
import { issue, OPENAI_TOOLS } from '../../check/sources.ts'
import { editArguments } from '../../faults/index.ts'

export default defineCheck({
  id: 'tools/arguments-object',
  title: 'The arguments of a tool call are a JSON object',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'The parameters of a function are described by a JSON Schema object',
    ...OPENAI_TOOLS,
    seenIn: issue('open-webui/open-webui', 29_654),
  },
  effect: 'The tool gets no parameters, or the platform rejects the call.',
  fix: 'Serialize an object, once: "{}" for no arguments. A string in a string was serialized twice.',
  probes: 'every-stream',
  needs: ['tool-calls'],
  signs: ['odd-call'],
  dependsOnModel: 'form',
  *inspect(evidence) {
    for (const [{ name, arguments: args, latest }, value] of evidence.callArguments) {
      if (value === undefined || isJsonObject(value)) continue
      yield {
        message: `The arguments of ${name ?? 'a call'} are ${kindOf(value)}, not an object.`,
        expected: 'a JSON object',
        actual: args,
        ...evidence.whereArguments({ latest }),
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

function kindOf(value: Json): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'string' ? 'JSON in a string' : `a ${typeof value}`
}
