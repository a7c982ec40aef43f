import { isJsonObject, type JsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import type { Severity } from '../../check/severity.ts'
import { showJson } from '../../check/show-json.ts'
import { issue, OPENAI_CHUNK } from '../../check/sources.ts'
import { editFinishReason } from '../../faults/index.ts'

/** `tool_calls`, and reasons that say the calls may be incomplete, or come from before tools. */
const FITTING: readonly unknown[] = ['tool_calls', 'length', 'content_filter', 'function_call']

export default defineCheck({
  id: 'tools/finish-reason',
  title: 'A reply with tool calls ends with `tool_calls`',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'tool_calls if the model called a tool; OpenAI itself says stop where the request names the tool',
    ...OPENAI_CHUNK,
    seenIn: issue('BerriAI/litellm', 12_862),
  },
  effect: 'Clients that go by the reason treat the reply as plain text, and never call the tool.',
  fix: 'Send "finish_reason": "tool_calls" whenever the choice contains tool calls.',
  probes: 'every-stream',
  needs: ['whole', 'tool-calls'],
  *inspect(evidence) {
    const severity = severityFor(evidence.request)
    if (!severity) return skip('the request names the tool')
    const { choices, pieces } = evidence.reply
    const finishing = pieces.filter(({ json }) => json['finish_reason'])
    const finishOf = new Map(finishing.map((piece) => [piece.index, piece]))
    for (const { index, toolCalls, finishReason, latest } of choices) {
      if (toolCalls.length === 0 || finishReason === undefined) continue
      if (FITTING.includes(finishReason)) continue
      yield {
        message: `The reply calls ${toolCalls.length === 1 ? 'a tool' : `${toolCalls.length} tools`} but ends with "${finishReason}".`,
        expected: '"tool_calls"',
        actual: showJson(finishReason),
        ...evidence.where(finishOf.get(index) ?? latest, '/finish_reason'),
        severity,
      }
    }
  },
  mutants: { 'tool-finish-stop': editFinishReason(() => 'stop') },
})

function severityFor(request: JsonObject | undefined): Severity | undefined {
  if (!request) return 'warning'
  const choice = request['tool_choice'] ?? 'auto'
  if (isJsonObject(choice)) return undefined
  return choice === 'auto' ? 'error' : 'warning'
}
