import { isJsonObject, isOpenJson, type JsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import type { Severity } from '../../check/severity.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, OPENAI_CHUNK } from '../../check/sources.ts'
import { findGap } from '../../check/find-gap.ts'
import { editFinishReason } from '../../faults/index.ts'

/** `tool_calls`, and reasons that say the calls may be incomplete, or come from before tools. */
const FITTING: readonly unknown[] = ['tool_calls', 'length', 'content_filter', 'function_call']

export default defineCheck({
  id: 'tools/finish-reason',
  title: 'A reply with tool calls ends with `tool_calls`, and no other does',
  severity: 'error',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'tool_calls if the model called a tool; OpenAI itself says stop where the request names the tool',
    ...OPENAI_CHUNK,
    seenIn: issue('BerriAI/litellm', 12_862),
  },
  effect:
    'Clients that go by the reason treat the reply as plain text and never call the tool, or wait for a call that never comes.',
  fix: 'Send "finish_reason": "tool_calls" whenever the choice contains tool calls, and "stop" when it does not.',
  probes: 'every-stream',
  needs: ['whole', 'chunks'],
  *inspect(evidence) {
    const { choices, pieces } = evidence.chat
    const severity = severityFor(evidence.request)
    if (!severity && evidence.calls.length > 0) return skip('the request names the tool')
    const finishOf = (choice: number) =>
      pieces.findLast(({ json, index }) => index === choice && json['finish_reason'])
    const wasCut = findGap(['untruncated'], evidence) !== undefined
    for (const { index, text, calls: made, finishReason, latest } of choices) {
      const { length } = made
      // Gateways before APIs that name no such reason keep `tool_calls`, with the native one beside it.
      const cut = wasCut ? made.find(({ arguments: args }) => isOpenJson(args)) : undefined
      if (cut && finishReason === 'tool_calls') {
        yield {
          message: `The arguments of ${cut.name ?? 'a call'} are cut at the token limit, but the reply ends with "tool_calls".`,
          expected: '"length"',
          actual: showJson(finishReason),
          ...evidence.where(finishOf(index) ?? latest, '/finish_reason'),
          severity: 'info',
        }
      }
      // A reply with neither text nor a call is empty, whatever the reason.
      const isPlain = text === '' || finishReason !== 'tool_calls'
      const fits = length > 0 ? FITTING.includes(finishReason) : isPlain
      if (finishReason === undefined || fits) continue
      const calls = length === 1 ? 'a tool' : length === 0 ? 'no tool' : `${length} tools`
      yield {
        message: `The reply calls ${calls} but ends with "${finishReason}".`,
        expected: length > 0 ? '"tool_calls"' : '"stop", or the calls',
        actual: showJson(finishReason),
        ...evidence.where(finishOf(index) ?? latest, '/finish_reason'),
        severity: length > 0 && severity ? severity : 'warning',
      }
    }
    return undefined
  },
  mutants: {
    'tool-finish-stop': editFinishReason(() => 'stop'),
    'tool-finish-without-call': editFinishReason(() => 'tool_calls'),
  },
})

function severityFor(request: JsonObject | undefined): Severity | undefined {
  if (!request) return 'warning'
  const choice = request['tool_choice'] ?? 'auto'
  if (isJsonObject(choice)) return undefined
  return choice === 'auto' ? 'error' : 'warning'
}
