import { expect, test } from 'vitest'
import { check, type CheckReport, type ProfileId } from '../../../src/conformance/index.ts'
import { answerWhere, refuseAsked } from '../../../src/conformance/faults/index.ts'
import { type JsonObject, responses } from '../../../src/protocol/index.ts'
import { type Fault, jsonReply, textReply } from '../../../src/wire/index.ts'
import { referenceServer } from '../../support/reference-server.ts'

const NOT_FOUND = jsonReply(404, { error: { message: 'Not found.', type: 'not_found' } })

async function checkWith(
  fault: Fault,
  only: string[],
  profile: ProfileId = 'elevenlabs',
): Promise<CheckReport> {
  const url = await referenceServer({ fault })
  return check({ url, dialect: responses, only, profile })
}

function toldIn({ checks }: CheckReport): string[] {
  return checks.flatMap(({ id, findings }) => findings.map(({ message }) => `${id}: ${message}`))
}

test('a server that keeps nothing, and says so, passes', async () => {
  const stateless = refuseAsked(
    (asked) => 'previous_response_id' in asked,
    "Previous response with id 'resp_1' not found.",
  )
  const report = await checkWith(stateless, ['state', 'isolation/duplicate-request'])
  expect(toldIn(report)).toEqual([])
  expect(report.verdict).toBe('pass')
  expect(report.checks.find(({ id }) => id === 'isolation/duplicate-request')?.status).toBe('pass')
})

test('of what is refused of a turn, each thing is told by its name', async () => {
  const picky = refuseAsked(
    (asked) => 'reasoning' in asked || hasReasoning(asked),
    'Extra inputs are not permitted',
    422,
  )
  const report = await checkWith(picky, ['request/reasoning-*'])
  expect(toldIn(report)).toEqual([
    'request/reasoning-item: A request with a reasoning item in its history was refused; the same request without it was accepted.',
    'request/reasoning-effort: A request with `reasoning` was refused; the same request without it was accepted.',
  ])
})

test('what is refused by name, and need not be accepted, is no finding', async () => {
  const honest = refuseAsked(
    (asked) => 'reasoning' in asked,
    "Unsupported value: 'reasoning.effort' does not support 'none'.",
  )
  const report = await checkWith(honest, ['request/reasoning-*'])
  expect(toldIn(report)).toEqual([])
})

test('a server that breaks where a response is named is told so', async () => {
  const broken = refuseAsked((asked) => 'previous_response_id' in asked, 'KeyError', 500)
  expect(toldIn(await checkWith(broken, ['state/previous-response-id']))).toEqual([
    'state/previous-response-id: A request with previous_response_id was answered as a failure of the server.',
  ])
})

test('a server that has no responses to get or to delete passes', async () => {
  const stateless = answerWhere(({ url }) => /responses\/resp_/.test(url), NOT_FOUND)
  const report = await checkWith(stateless, ['state/retrieve', 'state/delete'], 'openai')
  expect(toldIn(report)).toEqual([])
  expect(report.checks.map(({ status }) => status)).toEqual(['pass', 'pass'])
})

test('a page is no answer to who deletes a response', async () => {
  const page = textReply(200, 'text/html', '<!doctype html><title>Home</title>')
  const fault = answerWhere(({ method }) => method === 'DELETE', page)
  expect(toldIn(await checkWith(fault, ['state/delete'], 'openai'))).toEqual([
    'state/delete: DELETE of a response says neither that it is deleted nor that there is none.',
  ])
})

function hasReasoning({ input }: JsonObject): boolean {
  return JSON.stringify(input ?? null).includes('"type":"reasoning"')
}
