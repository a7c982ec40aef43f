import { isJsonObject } from '../../../protocol/index.ts'
import { type HttpRequest, jsonReply, textReply } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { issue, RESPONSES_OBJECT } from '../../check/sources.ts'
import { describeAnswer } from '../../observe/describe-answer.ts'
import { answerWhere } from '../../faults/index.ts'
import { isLookup, lookedUp } from './looked-up.ts'

export default defineCheck({
  id: 'state/retrieve',
  title: 'A response can be asked for again by its id, or is not found',
  severity: 'info',
  since: '2026-11',
  dialect: 'responses',
  optIn: '--profile openai',
  requirement: {
    text: 'Retrieves a model response with the given ID',
    ...RESPONSES_OBJECT,
    seenIn: issue('digitalocean/gradient-python', 99),
  },
  effect: 'Clients that ask for a response again get a page, or another one.',
  fix: 'Answer GET /responses/{id} with the response, or with status 404 and JSON.',
  probes: ['kept'],
  needs: ['exchange', 'response'],
  *inspect(evidence) {
    const id = lookedUp(evidence, 'get')
    if (id === undefined) return
    const { json, exchange } = evidence
    const { status } = exchange.response
    if (status === 200 && isJsonObject(json) && json['id'] === id) return
    if ((status === 404 || status === 405) && isJsonObject(json)) return
    yield {
      message: 'GET of a response by its id brings neither the response nor status 404 with JSON.',
      expected: `the response ${id}, or status 404 with JSON`,
      actual: describeAnswer(evidence),
    }
  },
  mutants: {
    'retrieve-html': answerWhere(
      isGet,
      textReply(404, 'text/html', '<!doctype html><title>Not found</title>'),
    ),
    'retrieve-other': answerWhere(
      isGet,
      jsonReply(200, { id: 'resp_other', object: 'response', status: 'completed', output: [] }),
    ),
  },
})

function isGet(request: HttpRequest): boolean {
  return request.method === 'GET' && isLookup(request)
}
