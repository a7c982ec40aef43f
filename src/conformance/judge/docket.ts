import type { Check } from '../check/define-check.ts'
import type { Limits } from '../check/limits.ts'
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

/** Checks that ask the same of an exchange before they look at it, so that it is asked once. */
export interface Party extends Pick<Check, 'probes' | 'needs'> {
  readonly about: Check['about'] | undefined
  readonly signs: Check['signs'] | undefined
  readonly inspecting: Inspection[]
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
      const { probes, about, needs, signs } = check
      const key = [probes, about, needs, signs].join(' ')
      let party = parties.get(key)
      if (!party) {
        party = { probes, about, needs, signs, inspecting: [], comparing: [] }
        parties.set(key, party)
      }
      const { inspect, compare } = check
      if (inspect) party.inspecting.push({ check, at, inspect })
      if (compare) party.comparing.push({ check, at })
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
