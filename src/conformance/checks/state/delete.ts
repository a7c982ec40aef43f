import { isJsonObject } from '../../../protocol/index.ts'
import { type Call, type Handler, jsonReply } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import { RESPONSES_OBJECT } from '../../check/sources.ts'
import { describeAnswer } from '../../observe/describe-answer.ts'
import { isLookup, lookedUp } from './looked-up.ts'

export default defineCheck({
  id: 'state/delete',
  title: 'A response that was deleted is gone, or cannot be deleted',
  severity: 'info',
  since: '2026-11',
  dialect: 'responses',
  optIn: '--profile openai',
  requirement: {
    text: 'Deletes a model response with the given ID: {"id", "object": "response", "deleted": true}',
    ...RESPONSES_OBJECT,
  },
  effect: 'What callers have said stays where they believe that it is gone.',
  fix: 'Delete the response, answer with `"deleted": true`, and with status 404 from then on; without a store, answer with status 404 and JSON.',
  probes: ['kept'],
  needs: ['exchange', 'response'],
  *compare(evidence) {
    const deletion = evidence.find((each) => lookedUp(each, 'delete') !== undefined)
    if (!deletion) return skip('nothing was kept that could be deleted')
    const { json, exchange } = deletion
    const { status } = exchange.response
    const isRefused = [404, 405, 501].includes(status) && isJsonObject(json)
    const isDone = status === 200 && isJsonObject(json) && json['deleted'] === true
    if (!isRefused && !isDone) {
      yield {
        message: 'DELETE of a response says neither that it is deleted nor that there is none.',
        expected: '"deleted": true, or status 404 with JSON',
        actual: describeAnswer(deletion),
        evidence: deletion,
      }
    }
    const after = evidence.find((each) => lookedUp(each, 'get-deleted') !== undefined)
    if (!isDone || after?.exchange.response.status !== 200) return undefined
    yield {
      message: 'A response that was deleted is still there.',
      expected: 'status 404 with JSON',
      actual: describeAnswer(after),
      evidence: after,
    }
    return undefined
  },
  mutants: {
    'delete-no-effect': { wrap: pretending },
  },
})

/** Says that it deletes. */
function pretending<C extends Call>(handler: Handler<C>): Handler<C> {
  return async (request, call) =>
    request.method === 'DELETE' && isLookup(request)
      ? jsonReply(200, { object: 'response', deleted: true })
      : handler(request, call)
}
