import {
  type Check,
  type CheckReport,
  checks,
  checksFor,
  type Example,
  type Examples,
  mutantsOf,
} from '../src/conformance/index.ts'
import { type Dialect, dialects } from '../src/protocol/index.ts'
import type { Fault } from '../src/wire/index.ts'
import { checkReference, policyFor } from './check-reference.ts'
import { playEach } from './play-each.ts'

/** Plays a mutant of each check on the reference server, in each dialect; gives what the checks say. */
export async function playExamples(): Promise<Examples> {
  const all = dialects.flatMap((dialect) =>
    checksFor(dialect).map((check) => ({ id: check.id, check, dialect })),
  )
  const played = await playEach(all, async ({ id, check, dialect }) => ({
    id,
    dialect: dialect.id,
    example: await exampleOf(check, dialect, (_, mutant) =>
      checkReference(mutant, { dialect, ...policyFor(id) }),
    ),
  }))
  const byId = Map.groupBy(played, ({ id }) => id)
  const ids = new Set(checks.map(({ id }) => id))
  return Object.fromEntries(
    [...ids].map((id) => [
      id,
      Object.fromEntries(byId.get(id)!.map(({ dialect, example }) => [dialect, example])),
    ]),
  )
}

/** What a check says of the first of its mutants that shows it at its worst; times are left out. */
export async function exampleOf(
  check: Check,
  dialect: Dialect,
  reportOn: (name: string, mutant: Fault) => CheckReport | Promise<CheckReport>,
): Promise<Example> {
  const { id, severity } = check
  let milder: Example | undefined
  for (const [fault, mutant] of Object.entries(mutantsOf(check, dialect))) {
    const report = await reportOn(fault, mutant)
    const findings = report.checks.find((result) => result.id === id)?.findings ?? []
    const worst = findings.find((finding) => finding.severity === severity)
    const finding = worst ?? findings[0]
    if (!finding) continue
    const example = { fault, finding: { ...finding, atMs: null, repeat: null } }
    if (worst) return example
    milder ??= example
  }
  if (!milder) throw new Error(`no mutant of ${id} makes it fail`)
  return milder
}

/** Each example by its check and its dialect. */
export function listed(
  examples: Examples,
): { readonly id: string; readonly dialect: string; readonly example: Example }[] {
  return Object.entries(examples).flatMap(([id, own]) =>
    Object.entries(own).map(([dialect, example]) => ({ id, dialect, example })),
  )
}

/**
 * Whether two examples differ in nothing but what differs from run to run: times, ports, sizes, and
 * whether a request was asked for again, which it is not where another one was before it.
 */
export function isSameExample(a: Example | undefined, b: Example): boolean {
  return a !== undefined && steady(a) === steady(b)
}

function steady({ fault, finding }: Example): string {
  const { probe, severity, message, expected, path } = finding
  const said = message.replace(/ \(\d+ of \d+ samples\)$/, '')
  return JSON.stringify([fault, probe, severity, said, expected, path]).replaceAll(
    /\d+(?:\.\d+)?/g,
    '#',
  )
}
