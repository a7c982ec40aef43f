import { isJsonObject, parseJson } from '../../../protocol/index.ts'
import { type Call, type Fault, type Handler, jsonReply } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import { ELEVENLABS } from '../../check/sources.ts'
import { isWhole } from '../../evidence/is-whole.ts'
import { wasTurnedDown } from '../../evidence/was-turned-down.ts'
import { describeAnswer } from '../../observe/describe-answer.ts'
import { forksIn } from './forks-in.ts'

export default defineCheck({
  id: 'state/previous-forks',
  title: 'Two requests may go on from the same response',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'The platform sends a turn again when the reply is slow, or the caller goes on',
    ...ELEVENLABS,
  },
  effect: 'The second try of a turn is refused, although the first one was given up.',
  fix: 'Keep a response until it is deleted or too old; going on from it takes nothing away.',
  probes: ['chain'],
  needs: ['exchange'],
  *compare(evidence) {
    const forks = forksIn(evidence)
    const whole = forks.filter(isWhole)
    if (whole.length === 0) return skip('no request went on from a response')
    const refused = forks.find(wasTurnedDown)
    if (refused) {
      yield {
        message: 'Of two requests that go on from the same response, one was refused.',
        expected: 'two replies',
        actual: describeAnswer(refused),
        evidence: refused,
      }
    }
    return undefined
  },
  mutants: { 'previous-consumed': consumed() },
})

/** An endpoint that forgets a response when a request goes on from it. */
function consumed(): Fault {
  return {
    wrap<C extends Call>(handler: Handler<C>): Handler<C> {
      const gone = new Set<string>()
      return async (request, call) => {
        const asked = parseJson(request.body ?? '')
        const id = isJsonObject(asked) ? asked['previous_response_id'] : undefined
        if (typeof id !== 'string') return handler(request, call)
        if (!gone.has(id)) {
          gone.add(id)
          return handler(request, call)
        }
        const message = `Previous response with id '${id}' not found.`
        return jsonReply(400, { error: { message, code: 'previous_response_not_found' } })
      }
    },
  }
}
