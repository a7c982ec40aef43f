import type { Check } from '../check/define-check.ts'
import type { Limits } from '../check/limits.ts'
import type { Sign } from '../check/signs.ts'
import { asksForStream, type ProbeId } from '../probe-ids.ts'
import type { Judgement } from './judgement.ts'

/** A check, and its place among all checks. */
export interface Entry {
  readonly check: Check
  readonly at: number
}

/** That of a check that looks at each exchange alone. */
export interface Inspection extends Entry {
  readonly inspect: NonNullable<Check['inspect']>
}

/** Checks that look at each exchange alone, for the same signs. */
interface Inspectors {
  readonly signs: readonly Sign[] | undefined
  readonly inspections: Inspection[]
}

/** Checks that need the same of an exchange, so that it is asked once. */
export interface Party extends Pick<Check, 'probes' | 'needs'> {
  readonly about: Check['about'] | undefined
  readonly inspecting: Inspectors[]
  readonly comparing: Entry[]
}

/** Checks, with what can be known of them before anything is judged. */
export class Docket {
  readonly checks: readonly Check[]
  readonly limits: Limits
  readonly parties: readonly Party[]
  /** What a check says where it has nothing to compare, once it has: the same each time. */
  readonly ofNothing: (Judgement | undefined)[] = []
  readonly #concerned = new Map<ProbeId | undefined, ReadonlySet<Party>>()

  constructor(checks: readonly Check[], limits: Limits) {
    this.checks = checks
    this.limits = limits
    const parties = new Map<string, Party>()
    for (const [at, check] of checks.entries()) {
      const { probes, about, needs, signs, inspect, compare } = check
      const key = [probes, about, needs].join(' ')
      const known = parties.get(key)
      const party: Party = known ?? { probes, about, needs, inspecting: [], comparing: [] }
      if (!known) parties.set(key, party)
      if (compare) party.comparing.push({ check, at })
      if (!inspect) continue
      const same = party.inspecting.find((each) => String(each.signs) === String(signs))
      const inspectors: Inspectors = same ?? { signs, inspections: [] }
      if (!same) party.inspecting.push(inspectors)
      inspectors.inspections.push({ check, at, inspect })
    }
    this.parties = [...parties.values()]
  }

  /** Those that judge what a probe brings back. */
  concerned(probe: ProbeId | undefined): ReadonlySet<Party> {
    let concerned = this.#concerned.get(probe)
    if (!concerned) {
      concerned = new Set(this.parties.filter((party) => concerns(party, probe)))
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
