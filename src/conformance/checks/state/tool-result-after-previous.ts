import { defineCheck } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import { LIVEKIT_RESPONSES } from '../../check/sources.ts'
import { wasTurnedDown } from '../../evidence/was-turned-down.ts'
import { describeAnswer } from '../../observe/describe-answer.ts'
import { refuseAsked } from '../../faults/index.ts'
import { itemsIn } from '../request/asked-feature.ts'
import { forksIn } from './forks-in.ts'

export default defineCheck({
  id: 'state/tool-result-after-previous',
  title:
    'The result of a call needs no function_call beside it where `previous_response_id` has it',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'After a call, only its function_call_output is sent, with the id of the response that made it',
    ...LIVEKIT_RESPONSES,
  },
  effect: 'The turn after each call of a tool is refused.',
  fix: 'Look for the call in what was said before, too.',
  probes: ['chain'],
  needs: ['exchange'],
  *compare(evidence) {
    const forks = forksIn(evidence).filter(({ asked }) => asked && itemsIn(asked).some(isResult))
    if (forks.length === 0) return skip('no result of a call was sent without the call')
    const refused = forks.find(
      (each) => wasTurnedDown(each) && MISSES_CALL.test(each.errorText ?? ''),
    )
    if (!refused) return undefined
    yield {
      message: 'The result of a call was refused, although previous_response_id has the call.',
      expected: 'a reply',
      actual: describeAnswer(refused),
      evidence: refused,
    }
    return undefined
  },
  mutants: {
    'previous-needs-call': refuseAsked((asked) => {
      const items = itemsIn(asked)
      return items.some(isResult) && !items.some(({ type }) => type === 'function_call')
    }, 'No tool call found for function call output.'),
  },
})

const MISSES_CALL = /tool call|function.call|call_id/i

function isResult({ type }: { readonly type?: unknown }): boolean {
  return type === 'function_call_output'
}
