import { SoundcheckError } from '../../endpoint/index.ts'
import { type ApiType, type Dialect, dialectOfType } from '../../protocol/index.ts'
import type { Check } from '../check/define-check.ts'
import { checks, checksFor } from '../checks/index.ts'
import { selectChecks, type Selection } from '../judge/select-checks.ts'
import type { Profile, ProfileId } from '../profiles/define-profile.ts'
import { findProfile } from '../profiles/index.ts'
import { profileIn } from '../profiles/profile-in.ts'
import { usualApiType } from './usual-api-type.ts'

export interface Policy extends Selection {
  /**
   * In which is asked and answered, in the words of ElevenLabs.
   *
   * @defaultValue what the URL, or what was saved, tells; else `chat_completions`, or what else the platform asks for
   */
  readonly apiType?: ApiType | undefined
  /** In place of `apiType`: another dialect. */
  readonly dialect?: Dialect
  /**
   * The platform that asks.
   *
   * @defaultValue 'elevenlabs'
   */
  readonly profile?: ProfileId
  /**
   * The requirement set that can fail the run, such as `2026-11`.
   *
   * @defaultValue the newest one
   */
  readonly since?: string
}

/** What a run judges, and how severely. */
export interface Plan {
  readonly dialect: Dialect
  readonly profile: Profile
  readonly since: string
  /** All that the report tells, in that order. */
  readonly told: readonly Check[]
  /** Told, but not judged: the profile says why. */
  readonly skipped: ReadonlyMap<Check, string>
  readonly judged: readonly Check[]
  /** Whether a check belongs to the requirement set, so that it can fail the run. */
  readonly binds: (check: Check) => boolean
}

/**
 * Plans a run.
 *
 * @throws SoundcheckError for a profile or a requirement set that does not exist, and for globs that
 *   match no check.
 */
export function planChecks(
  policy: Policy,
  optIns: readonly string[] = [],
  known?: readonly Check[],
): Plan {
  const dialect = dialectOf(policy)
  const applying = known ?? checksFor(dialect)
  const profile = profileIn(findProfile(policy.profile), dialect)
  const since = requirementSet(policy.since, applying)
  const binds = (check: Check) => check.since <= since
  const asked = [...optIns, ...(profile.includes ?? [])]
  const told = selectChecks(applying, policy, asked, known ?? checks).map((check) =>
    withSeverity(check, profile, binds),
  )
  const skipped = new Map(
    told.flatMap((check) => {
      const reason = profile.skips[check.id]
      return reason === undefined ? [] : [[check, reason] as const]
    }),
  )
  const judged = told.filter((check) => !skipped.has(check))
  return { dialect, profile, since, told, skipped, judged, binds }
}

/** In which is asked and answered where nothing else tells. */
export function dialectOf({ dialect, apiType, profile }: Policy): Dialect {
  return dialect ?? dialectOfType(apiType ?? usualApiType(profile))
}

function withSeverity(check: Check, profile: Profile, binds: (check: Check) => boolean): Check {
  if (!binds(check)) return { ...check, severity: 'info' }
  const severity = profile.severities[check.id]
  return severity === undefined ? check : { ...check, severity }
}

function requirementSet(asked: string | undefined, known: readonly Check[]): string {
  const sets = [...new Set(known.map(({ since }) => since))].toSorted()
  const newest = sets.at(-1)!
  if (asked === undefined || sets.includes(asked)) return asked ?? newest
  throw new SoundcheckError(
    'INVALID_INPUT',
    `there is no requirement set "${asked}"; this version knows ${sets.join(', ')}`,
  )
}
