import { type Piece, responses } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import { issue, OPENAI_REQUEST, RESPONSES_REQUEST } from '../../check/sources.ts'
import { wordsOf } from '../../evidence/words-of.ts'
import { editEvents, editFinishReason, rewriteRequest } from '../../faults/index.ts'
import { limitOf, without } from '../request/request-feature.ts'

/** Some count the end of the text, too. */
const TOLERANCE = 1

export default defineCheck({
  id: 'behaviour/max-tokens',
  title: '`max_tokens` limits the reply, and a reply that it cuts says so',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'length if the maximum number of tokens specified in the request was reached',
    ...OPENAI_REQUEST,
    seenIn: issue('mudler/LocalAI', 3533),
  },
  effect:
    'Replies run on and cost what the limit was to save, or stop in mid-sentence as if they were whole.',
  fix: 'Hand `max_tokens` on to your model, and its "length" back as the finish_reason.',
  wordsIn: {
    responses: {
      title: '`max_output_tokens` limits the reply, and a reply that it cuts says so',
      requirement: {
        text: 'A response that ended for max_output_tokens is incomplete, and says why in incomplete_details',
        ...RESPONSES_REQUEST,
        seenIn: issue('ollama/ollama', 17_239),
      },
      fix: 'Hand `max_output_tokens` on to your model, and end with response.incomplete where it was reached.',
    },
  },
  probes: ['greeting'],
  needs: ['request', 'whole', 'content'],
  *inspect(evidence) {
    const limit = limitOf(evidence.request)
    if (typeof limit !== 'number' || limit < 1) return skip('the request went out without a limit')
    const { choices, pieces } = evidence.reading
    const used = spokenTokens(pieces)
    // A token is never longer than a word with the space before it.
    const atLeast = used ?? evidence.text.split(/\s+/).filter(Boolean).length
    const actual = `${used === undefined ? 'at least ' : ''}${atLeast} tokens: ${evidence.text}`
    if (atLeast > limit + TOLERANCE) {
      yield {
        message: `The reply has ${used === undefined ? 'at least ' : ''}${atLeast} tokens; ${wordsOf(evidence).limit} is ${limit}.`,
        expected: `at most ${limit} tokens`,
        actual,
      }
      return
    }
    const [choice] = choices
    if (choice?.finishReason !== 'stop' || atLeast < limit || !isBrokenOff(choice.text)) return
    yield {
      ...(evidence.dialect.id === responses.id
        ? {
            message: `The reply was cut at ${limit} tokens, but ends with response.completed.`,
            expected: 'response.incomplete, with the reason "max_output_tokens"',
            ...evidence.where(choice.latest),
          }
        : {
            message: `The reply was cut at ${limit} tokens, but its finish_reason is "stop".`,
            expected: '"finish_reason": "length"',
            ...evidence.where(choice.latest, '/finish_reason'),
          }),
      actual,
    }
  },
  mutants: {
    'ignore-max-tokens': rewriteRequest(without('max_tokens', 'max_completion_tokens')),
  },
  mutantsIn: {
    chat: {
      'length-as-stop': editFinishReason((reason) => (reason === 'length' ? 'stop' : reason)),
    },
    responses: {
      'incomplete-as-completed': editEvents((events) => {
        const last = events.find(({ type }) => type === 'response.incomplete')
        if (!last) return events
        last.type = 'response.completed'
        Object.assign(last.response, { status: 'completed', incomplete_details: null })
        const items = events.flatMap(({ item, response }) => [item, response?.output].flat())
        for (const item of items) if (item?.status === 'incomplete') item.status = 'completed'
        return events
      }),
    },
  },
})

/** What was used for the text, without reasoning. */
function spokenTokens(pieces: readonly Piece[]): number | undefined {
  const usage = pieces.findLast((piece) => piece.kind === 'usage')
  return usage && usage.completion > 0 ? usage.completion - usage.reasoning : undefined
}

/** Whether a text ends in the middle of a sentence. */
function isBrokenOff(text: string): boolean {
  return /[\p{L}\p{N},]\s*$/u.test(text)
}
