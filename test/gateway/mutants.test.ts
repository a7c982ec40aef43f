import { describe, expect, test } from 'vitest'
import { passedOn, told } from '../../scripts/gateway-outcomes.ts'
import { playEach } from '../../scripts/play-each.ts'
import { type Becomes, playThroughGateway } from '../../scripts/play-through-gateway.ts'
import { mutantsIn } from '../support/mutants.ts'

const mutants = mutantsIn()
const LATE = Object.entries(told).flatMap(([why, late]) => (/in time/.test(why) ? late : []))
/** Shorter than any of them is late. */
const IMPATIENT = { firstContentMs: 2_500 }
/** Where lateness is not the question, a busy machine has its time. */
const PATIENT = { firstContentMs: 30_000 }

const played = playEach(mutants, async ({ id, name, fault }) => {
  const mutant = `${id} ${name}`
  const limits = LATE.includes(mutant) ? IMPATIENT : PATIENT
  return { mutant, becomes: await playThroughGateway(id, fault, limits) }
}).then((each) => new Map<string, Becomes>(each.map(({ mutant, becomes }) => [mutant, becomes])))

/** What the page of the gateway says. */
function outcomeOf(mutant: string): Becomes {
  if (Object.values(told).flat().includes(mutant)) return 'told'
  return Object.values(passedOn).flat().includes(mutant) ? 'passed on' : 'repaired'
}

describe('an upstream that is broken', () => {
  test.each(mutants)(
    'by $id $name becomes what the page says',
    async ({ id, name }) => {
      const mutant = `${id} ${name}`
      expect((await played).get(mutant)).toBe(outcomeOf(mutant))
    },
    600_000,
  )
})

test('the page tells of mutants that there are, each once', () => {
  const listed = [told, passedOn].flatMap((each) => Object.values(each).flat())
  const known = new Set(mutants.map(({ id, name }) => `${id} ${name}`))
  expect(listed.filter((mutant) => !known.has(mutant))).toEqual([])
  expect(new Set(listed).size).toBe(listed.length)
})
