import type { Check } from '../check/define-check.ts'
import type { Limits } from '../check/limits.ts'
import { asksForStream, type ProbeId } from '../probe-ids.ts'
import type { Judgement } from './judgement.ts'

/** A check, and where it stands. */
export interface Entry {
  readonly check: Check
  /** Its place among all checks. */
  readonly at: number
  /** What it has in common with others: the place of its party. */
  readonly party: number
}

/** What some checks have in common, so that it is asked once of all that is judged by them. */
export type Party = Pick<Check, 'probes' | 'about' | 'needs' | 'signs'>

/** What judges the exchanges of one probe. */
interface Concerned {
  readonly entries: readonly Entry[]
  /** The places of their parties. */
  readonly parties: ReadonlySet<number>
}

/** Checks in the order in which they judge, with what can be known of them before anything is judged. */
export class Docket {
  readonly checks: readonly Check[]
  readonly limits: Limits
  readonly parties: readonly Party[]
  /** Those that judge the exchanges of their probes together. */
  readonly comparing: readonly Entry[]
  /** What each of them says where it has nothing to compare, once it has: the same each time. */
  readonly ofNothing: (Judgement | undefined)[] = []
  readonly #entries: readonly Entry[]
  readonly #concerned = new Map<ProbeId | undefined, Concerned>()

  constructor(checks: readonly Check[], limits: Limits) {
    this.checks = checks
    this.limits = limits
    const parties: Party[] = []
    const places = new Map<string, number>()
    this.#entries = checks.map((check, at) => {
      const key = [check.probes, check.about, check.needs, check.signs].join(' ')
      let party = places.get(key)
      if (party === undefined) places.set(key, (party = parties.push(check) - 1))
      return { check, at, party }
    })
    this.parties = parties
    this.comparing = this.#entries.filter(({ check }) => check.compare)
  }

  /** Those that judge what a probe brings back. */
  concerned(probe: ProbeId | undefined): Concerned {
    let concerned = this.#concerned.get(probe)
    if (!concerned) {
      const entries = this.#entries.filter(({ check }) => concerns(check, probe))
      concerned = { entries, parties: new Set(entries.map(({ party }) => party)) }
      this.#concerned.set(probe, concerned)
    }
    return concerned
  }
}

/** Whether a check judges what a probe brings back. */
export function concerns({ probes }: Pick<Check, 'probes'>, probe: ProbeId | undefined): boolean {
  if (probes === 'every') return true
  if (probe === undefined) return probes === 'every-stream' || probes.some(asksForStream)
  return probes === 'every-stream' ? asksForStream(probe) : probes.includes(probe)
}
