import { expect, test } from 'vitest'
import { told } from '../../scripts/gateway-outcomes.ts'
import { mutantsBehindGateway } from '../../scripts/mutants-behind-gateway.ts'
import { playEach } from '../../scripts/play-each.ts'
import { type Becomes, playThroughGateway } from '../../scripts/play-through-gateway.ts'
import type { Dialect } from '../../src/protocol/index.ts'

const LATE = Object.entries(told).flatMap(([why, late]) => (/in time/.test(why) ? late : []))
/** Shorter than any of them is late. */
const IMPATIENT = { firstContentMs: 1_500 }
/** Where lateness is not the question, a busy machine has its time. */
const PATIENT = { firstContentMs: 30_000 }

/** Tests that each way to break an upstream of a dialect becomes what the page of the gateway says. */
export function testBrokenUpstreams(dialect: Dialect): void {
  const mutants = mutantsBehindGateway(dialect)
  const played = playEach(mutants, async ({ id, title, fault }) => {
    const limits = LATE.includes(title) ? IMPATIENT : PATIENT
    return [title, await playThroughGateway(id, fault, limits, dialect)] as const
  }).then((each) => new Map<string, Becomes>(each))

  test.each(mutants)(
    `an upstream of ${dialect.id} that is broken by $title becomes what the page says`,
    async ({ title, becomes }) => expect((await played).get(title)).toBe(becomes),
    600_000,
  )
}
