import { expect, test } from 'vitest'
import { check, type CheckReport } from '../../../src/conformance/index.ts'
import { refuseAsked } from '../../../src/conformance/faults/index.ts'
import { type JsonObject, responses } from '../../../src/protocol/index.ts'
import type { Fault } from '../../../src/wire/index.ts'
import { referenceServer } from '../../support/reference-server.ts'

async function checkWith(fault: Fault, only: string[]): Promise<CheckReport> {
  const url = await referenceServer({ fault })
  return check({ url, dialect: responses, only })
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

function hasReasoning({ input }: JsonObject): boolean {
  return JSON.stringify(input ?? null).includes('"type":"reasoning"')
}
