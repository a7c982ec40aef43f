import type { JsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { issue, RESPONSES_STATE } from '../../check/sources.ts'
import { describeAnswer } from '../../observe/describe-answer.ts'
import { blamesClient, expectRefusal } from '../../observe/expect-refusal.ts'
import { refuseAsked, rewriteAsked } from '../../faults/index.ts'
import { NEVER_WAS } from './forks-in.ts'

export default defineCheck({
  id: 'state/previous-unknown',
  title: 'A `previous_response_id` that never was is refused by name',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'Status 400 with code previous_response_not_found',
    ...RESPONSES_STATE,
    seenIn: issue('lmstudio-ai/lmstudio-bug-tracker', 1188),
  },
  effect: 'Clients that would send the whole history again never learn that they must.',
  fix: 'Refuse it with status 400, code previous_response_not_found, and the id in the message.',
  probes: ['chain'],
  needs: ['exchange'],
  *inspect(evidence) {
    const { asked, exchange, errorText = '' } = evidence
    if (!asked || !isUnknown(asked)) return
    const expected = 'status 400 with code previous_response_not_found'
    if (blamesClient(exchange.response?.status ?? 0)) {
      if (/previous|resp_|response|not found/i.test(errorText)) return
      yield {
        message: 'The refusal does not say that there is no such response.',
        expected,
        actual: describeAnswer(evidence),
      }
      return
    }
    yield* expectRefusal(evidence, {
      what: 'A request that goes on from a response that never was',
      expected,
      isFine: blamesClient,
    })
  },
  mutants: {
    'previous-unknown-200': rewriteAsked((asked) => {
      if (!isUnknown(asked)) return asked
      const { previous_response_id: _, ...rest } = asked
      return rest
    }),
    'previous-unknown-500': refuseAsked(isUnknown, 'Internal error', 500),
  },
})

function isUnknown({ previous_response_id: id }: JsonObject): boolean {
  return typeof id === 'string' && NEVER_WAS.test(id)
}
