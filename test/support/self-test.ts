import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { checkReference, policyFor } from '../../scripts/check-reference.ts'
import { playEach } from '../../scripts/play-each.ts'
import { exampleOf, isSameExample } from '../../scripts/play-examples.ts'
import {
  type CheckReport,
  checksFor,
  type Examples,
  mutantsOf,
  profiles,
} from '../../src/conformance/index.ts'
import { asksIn, profileIn } from '../../src/conformance/profiles/profile-in.ts'
import type { Dialect } from '../../src/protocol/index.ts'
import { mutantsIn } from './mutants.ts'

const EXAMPLES = new URL('../../fixtures/examples.json', import.meta.url)
/** Some mutants hang until a client gives up. */
const LONG = 600_000

/** Tests that a server without faults passes all checks of a dialect, and that each mutant trips its own. */
export function selfTest(dialect: Dialect): void {
  const checks = checksFor(dialect)
  const told = new Set(checks.map(({ id }) => id))

  test.each(profiles.filter((profile) => asksIn(profile, dialect)))(
    'the reference server passes every check of $id',
    async (common) => {
      const profile = profileIn(common, dialect)
      const report = await checkReference(undefined, { dialect, profile: profile.id })
      const skip = Object.keys(profile.skips).filter((id) => told.has(id)).length
      const included = (profile.includes ?? []).filter((id) => told.has(id)).length
      const usual = checks.filter(({ optIn }) => optIn === undefined)
      expect(report.checks.filter(({ status }) => status === 'inconclusive')).toEqual([])
      expect(report.verdict).toBe('pass')
      expect(report.target.profile).toBe(profile.id)
      expect(report.summary).toEqual({
        pass: usual.length + included - skip,
        fail: 0,
        skip,
        inconclusive: 0,
        errors: 0,
        warnings: 0,
        infos: 0,
      })
    },
  )

  const mutants = mutantsIn(dialect)
  const reports = playEach(
    mutants,
    async ({ id, name, fault }) =>
      [`${id} ${name}`, await checkReference(fault, { dialect, ...policyFor(id) })] as const,
  ).then((each) => new Map(each))

  test(
    '`npm run docs` was run: the examples are what mutants make the checks say',
    async () => {
      const examples = JSON.parse(readFileSync(EXAMPLES, 'utf8')) as Examples
      const each = await reports
      const stale: string[] = []
      for (const check of checks) {
        const example = await exampleOf(check, dialect, (name) => each.get(`${check.id} ${name}`)!)
        if (!isSameExample(examples[check.id]?.[dialect.id], example)) stale.push(check.id)
      }
      expect(stale).toEqual([])
    },
    LONG,
  )

  describe.each(mutants)('$id $name', ({ id, name, fault }) => {
    beforeAll(async () => void (await reports), LONG)

    test('trips its check, and exactly what it should', async () => {
      const report = (await reports).get(`${id} ${name}`)!
      const trips = tripped(report)
      expect(Object.keys(trips)).toContain(id)
      expect(trips).toMatchSnapshot()
    })

    test('trips no other check that is an error, unless it necessarily does', async () => {
      const report = (await reports).get(`${id} ${name}`)!
      const known = [
        ...checks
          .filter((check) => mutantsOf(check, dialect)[name] === fault)
          .map((check) => check.id),
        ...(checks.find((check) => check.id === id)?.echoes ?? []),
      ]
      const others = report.checks
        .filter(({ findings }) => findings.some(({ severity }) => severity === 'error'))
        .map((result) => result.id)
      expect(others.filter((other) => !known.includes(other))).toEqual([])
    })

    test('breaks no check of ours', async () => {
      const report = (await reports).get(`${id} ${name}`)!
      expect(report.checks.filter(({ reason }) => reason?.startsWith('harness-error'))).toEqual([])
    })
  })
}

/** What a mutant trips: each failed check with its worst severity and its messages. */
function tripped({ checks: results }: CheckReport) {
  return Object.fromEntries(
    results
      .filter(({ status }) => status === 'fail')
      .map(({ id, findings }) => [
        id,
        [
          ...new Set(findings.map(({ severity, message }) => `${severity}: ${steady(message)}`)),
        ].toSorted(),
      ]),
  )
}

/** Without what differs from run to run: what one request confirms first, no other is sampled for. */
function steady(message: string): string {
  return message
    .replaceAll(/\d+ ms/g, 'N ms')
    .replaceAll(/after \d+ bytes/g, 'after N bytes')
    .replace(/ \((\d) of \1 samples\)$/, '')
}
