import { isJsonObject, type JsonObject } from '../../../protocol/index.ts'
import { defineCheck, type Severity } from '../../check.ts'
import { editChoices } from '../../mutate/index.ts'
import { github } from '../../sources.ts'

/** Reasons that say the calls may be incomplete, or come from the time before tools. */
const OTHER_REASONS = ['length', 'content_filter', 'function_call']

export default defineCheck({
  id: 'tools/finish-reason',
  title: 'A reply with tool calls ends with `tool_calls`',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'tool_calls if the model called a tool; stop where the request named the tool',
    ...github('BerriAI/litellm', 12_862),
  },
  effect: 'Clients that go by the reason take the reply for plain text, and never call the tool.',
  fix: 'Send "finish_reason": "tool_calls" whenever the choice holds tool calls.',
  probes: 'every-stream',
  needs: ['whole', 'tool-calls'],
  *inspect(evidence) {
    const severity = severityFor(evidence.request)
    if (!severity) return
    const { choices, pieces } = evidence.reply
    for (const { index, toolCalls, finishReason } of choices) {
      if (toolCalls.length === 0 || finishReason === undefined) continue
      if (finishReason === 'tool_calls' || OTHER_REASONS.includes(finishReason)) continue
      const finish = pieces.findLast(
        (piece) => piece.index === index && piece.json['finish_reason'],
      )!
      yield {
        message: `The reply calls ${toolCalls.length === 1 ? 'a tool' : `${toolCalls.length} tools`} and ends with "${finishReason}".`,
        expected: '"tool_calls"',
        actual: JSON.stringify(finishReason),
        ...evidence.where(finish, '/finish_reason'),
        severity,
      }
    }
  },
  mutants: {
    'tool-finish-stop': editChoices((choice) => {
      if (choice.finish_reason) choice.finish_reason = 'stop'
    }),
  },
})

/** OpenAI itself says `stop` where the request names the tool. */
function severityFor(request: JsonObject | undefined): Severity | undefined {
  if (!request) return 'warning'
  const choice = request['tool_choice'] ?? 'auto'
  if (isJsonObject(choice)) return undefined
  return choice === 'auto' ? 'error' : 'warning'
}
