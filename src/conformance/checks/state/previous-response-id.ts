import { isJsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { inconclusive, skip } from '../../check/gap.ts'
import { issue, LIVEKIT_RESPONSES } from '../../check/sources.ts'
import { isServerError } from '../../evidence/is-server-error.ts'
import { CHAINED, mentions } from '../../evidence/nonces.ts'
import { describeAnswer } from '../../observe/describe-answer.ts'
import { isFinished } from '../../observe/is-finished.ts'
import { type Draft, rewriteAsked } from '../../faults/index.ts'
import { showJson } from '../../observe/show-json.ts'
import { forksIn } from './forks-in.ts'

export default defineCheck({
  id: 'state/previous-response-id',
  title: '`previous_response_id` brings back what was said before, or is refused',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'From the second turn on, only what is new is sent, with the id of the response before',
    ...LIVEKIT_RESPONSES,
    seenIn: issue('Blaizzy/mlx-vlm', 1046),
  },
  effect: 'The agent forgets all that was said before the last sentence, and nothing says why.',
  fix: 'Keep what was said by the id of the response, or refuse the request with status 400 and code previous_response_not_found.',
  probes: ['chain'],
  needs: ['exchange'],
  *compare(evidence) {
    const forks = forksIn(evidence)
    if (forks.length === 0) return skip('no turn was there to go on from')
    const broken = forks.find(isServerError)
    if (broken) {
      yield {
        message: 'A request with previous_response_id was answered as a failure of the server.',
        expected: 'a reply, or status 400',
        actual: describeAnswer(broken),
        evidence: broken,
      }
      return undefined
    }
    if (forks.every(({ wasRefused }) => wasRefused)) return undefined
    const replies = forks.filter(isFinished)
    if (replies.length === 0) return inconclusive('no reply says anything that could be judged')
    const isTold = evidence.some(({ asked }) => asked && mentionsOne(showJson(asked)))
    if (!isTold) return skip('what was said before is not known')
    if (replies.some(({ text }) => mentionsOne(text))) return undefined
    const [first, ...alike] = replies
    yield {
      message:
        'previous_response_id was accepted, but the reply knows nothing of what was said before.',
      expected: `a reply that says ${CHAINED.map((word) => `"${word}"`).join(' and ')}, or status 400`,
      actual: first!.text,
      evidence: first!,
      alike,
    }
    return undefined
  },
  mutants: {
    'previous-ignored': rewriteAsked(({ previous_response_id: id, ...asked }) =>
      id === undefined ? asked : { ...asked, input: asked.input.filter(isNoResult) },
    ),
  },
  echoes: ['state/previous-unknown'],
})

function mentionsOne(text: string): boolean {
  return CHAINED.some((word) => mentions(text, word))
}

/** A result alone would be refused, and prove nothing. */
function isNoResult(item: Draft): boolean {
  return !isJsonObject(item) || item['type'] !== 'function_call_output'
}
