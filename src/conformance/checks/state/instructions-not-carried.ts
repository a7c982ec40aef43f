import { defineCheck } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import { RESPONSES_REQUEST } from '../../check/sources.ts'
import { mentions, PASSWORD } from '../../evidence/nonces.ts'
import { isFinished } from '../../observe/is-finished.ts'
import { rewriteAsked } from '../../faults/index.ts'
import { forksIn } from './forks-in.ts'

export default defineCheck({
  id: 'state/instructions-not-carried',
  title: 'The instructions of an earlier turn no longer hold where others are sent',
  severity: 'info',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'When using along with previous_response_id, the instructions from a previous response will not be carried over to the next response',
    ...RESPONSES_REQUEST,
  },
  effect: 'An agent that was handed over goes on as the one before it.',
  fix: 'Keep the items of a response, not its instructions.',
  probes: ['chain'],
  needs: ['exchange'],
  *compare(evidence) {
    const replies = forksIn(evidence).filter(isFinished)
    if (replies.length === 0) return skip('no request went on from a response')
    const [first, ...alike] = replies.filter(({ text }) => mentions(text, PASSWORD))
    if (!first) return undefined
    yield {
      message: `The reply says "${PASSWORD}", which stands in the instructions of the turn before.`,
      expected: 'a reply that knows the latest instructions only',
      actual: first.text,
      evidence: first,
      alike,
    }
    return undefined
  },
  mutants: {
    'instructions-carried': rewriteAsked((asked) =>
      asked.previous_response_id === undefined
        ? asked
        : { ...asked, instructions: `The password is ${PASSWORD}. ${asked.instructions}` },
    ),
  },
})
