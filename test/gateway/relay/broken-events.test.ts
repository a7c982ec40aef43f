import { expect, test } from 'vitest'
import { playThroughGateway } from '../../../scripts/play-through-gateway.ts'
import { responses } from '../../../src/protocol/index.ts'
import { mutantsIn } from '../../support/mutants.ts'

const REPAIRED = [
  'event-name-error',
  'delta-object',
  'item-done-absent',
  'item-nested-function',
  'terminal-response-done',
  'incomplete-no-reason',
  'text-only-in-done',
  'text-only-in-completed',
  'call-only-in-completed',
  'tool-type-function',
  'call-id-too-long',
]
const mutants = mutantsIn(responses).filter(({ name }) => REPAIRED.includes(name))

test.each(mutants)(
  'events broken by $id $name are repaired',
  async ({ id, fault }) => {
    const limits = { firstContentMs: 30_000 }
    expect(await playThroughGateway(id, fault, limits, responses)).toBe('repaired')
  },
  60_000,
)

test('each of them is in the catalogue', () => {
  expect(mutants.map(({ name }) => name).toSorted()).toEqual(REPAIRED.toSorted())
})
