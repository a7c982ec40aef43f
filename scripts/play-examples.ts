import {
  type Check,
  checks,
  checksFor,
  type Example,
  type Examples,
  mutantsOf,
} from '../src/conformance/index.ts'
import { type Dialect, dialects } from '../src/protocol/index.ts'
import { checkReference, policyFor } from './check-reference.ts'
import { playEach } from './play-each.ts'

/** A check of the ordinary turn, which goes out first in any run. */
const FIRST = 'sse/done'

/** Plays a mutant of each check on the reference server, in each dialect; gives what the checks say. */
export async function playExamples(): Promise<Examples> {
  const all = dialects.flatMap((dialect) =>
    checksFor(dialect).map((check) => ({ id: check.id, check, dialect })),
  )
  const played = await playEach(all, async ({ id, check, dialect }) => ({
    id,
    dialect: dialect.id,
    example: await play(check, dialect),
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

/** The first of its mutants that shows the check at its worst; times are left out. */
async function play(check: Check, dialect: Dialect): Promise<Example> {
  const { id, severity, probes } = check
  const mutants = Object.entries(mutantsOf(check, dialect))
  // What any stream shows, few requests show.
  const runs = (typeof probes === 'string' ? [true, false] : [false]).flatMap((quick) =>
    mutants.map(([fault, mutant]) => ({ quick, fault, mutant })),
  )
  let milder: Example | undefined
  for (const { quick, fault, mutant } of runs) {
    const policy = { dialect, ...policyFor(id), only: [id, FIRST], quick }
    const report = await checkReference(mutant, policy)
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
