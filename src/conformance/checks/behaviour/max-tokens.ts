import type { JsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import { issue, OPENAI_REQUEST } from '../../check/sources.ts'
import { editFinishReason, rewriteRequest } from '../../faults/index.ts'

/** Some count the end of the text, too. */
const TOLERANCE = 1

export default defineCheck({
  id: 'behaviour/max-tokens',
  title: '`max_tokens` limits the reply, and a reply that it cuts says so',
  severity: 'warning',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'length if the maximum number of tokens specified in the request was reached',
    ...OPENAI_REQUEST,
    seenIn: issue('mudler/LocalAI', 3533),
  },
  effect:
    'Replies run on and cost what the limit was to save, or stop in mid-sentence as if they were whole.',
  fix: 'Hand `max_tokens` on to your model, and its "length" back as the finish_reason.',
  probes: ['greeting'],
  needs: ['request', 'whole', 'content'],
  *inspect(evidence) {
    const { max_tokens: limit } = evidence.request
    if (typeof limit !== 'number' || limit < 1) return skip('the request went out without a limit')
    const { choices, usage } = evidence.chat
    const used = spokenTokens(usage)
    // A token is never longer than a word with the space before it.
    const atLeast = used ?? evidence.text.split(/\s+/).filter(Boolean).length
    const actual = `${used === undefined ? 'at least ' : ''}${atLeast} tokens: ${evidence.text}`
    if (atLeast > limit + TOLERANCE) {
      yield {
        message: `The reply has ${used === undefined ? 'at least ' : ''}${atLeast} tokens; max_tokens is ${limit}.`,
        expected: `at most ${limit} tokens`,
        actual,
      }
      return
    }
    const [choice] = choices
    if (choice?.finishReason !== 'stop' || atLeast < limit || !isBrokenOff(choice.text)) return
    yield {
      message: `The reply was cut at ${limit} tokens, but its finish_reason is "stop".`,
      expected: '"finish_reason": "length"',
      actual,
      ...evidence.where(choice.latest, '/finish_reason'),
    }
  },
  mutants: {
    'ignore-max-tokens': rewriteRequest(({ max_tokens: _, ...request }) => request),
    'length-as-stop': editFinishReason((reason) => (reason === 'length' ? 'stop' : reason)),
  },
})

/** What was used for the text, without reasoning. */
function spokenTokens(usage: JsonObject | undefined): number | undefined {
  const { completion_tokens: all, completion_tokens_details: details } = usage ?? {}
  if (typeof all !== 'number') return undefined
  const reasoning = (details as JsonObject | null | undefined)?.['reasoning_tokens']
  return all - (typeof reasoning === 'number' ? reasoning : 0)
}

/** Whether a text ends in the middle of a sentence. */
function isBrokenOff(text: string): boolean {
  return /[\p{L}\p{N},]\s*$/u.test(text)
}
