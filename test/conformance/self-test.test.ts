import pMap from 'p-map'
import { describe, expect, test } from 'vitest'
import {
  check,
  type CheckOptions,
  type CheckReport,
  checks,
  profiles,
  type Recording,
} from '../../src/conformance/index.ts'
import { requestFixture } from '../../src/conformance/probes/request-fixture.ts'
import { startServer } from '../../src/server/index.ts'
import type { Fault } from '../../src/wire/index.ts'

type Policy = Omit<CheckOptions, 'url'>

async function checkReference(fault?: Fault, policy: Policy = {}): Promise<CheckReport> {
  const server = await startServer(fault ? { fault } : {})
  try {
    return await check({ url: `${server.url}/chat/completions`, concurrency: 8, ...policy })
  } finally {
    await server.close()
  }
}

const farewell = requestFixture('farewell')

/** What the reference server answers as expected. */
const RECORDINGS: Recording[] = [
  {
    name: 'farewell',
    request: farewell,
    expect: {
      tool: 'end_call',
      arguments: { properties: { reason: { type: 'string', minLength: 5 } } },
      firstContentMs: 5_000,
    },
  },
  {
    name: 'turn',
    request: requestFixture('streamed-turn'),
    expect: { tool: null, text: '^(?!hm)' },
  },
]

/** What brings a check into a run that not every run has. */
function policyFor(id: string): Policy {
  if (id === 'replay/expected') return { replay: RECORDINGS }
  const profile = profiles.find(({ includes }) => includes?.includes(id))
  return profile ? { profile: profile.id } : {}
}

test.each(profiles)('the reference server passes every check of $id', async (profile) => {
  const report = await checkReference(undefined, { profile: profile.id })
  const skip = Object.keys(profile.skips).length
  const common = checks.filter(({ optIn }) => optIn === undefined)
  expect(report.verdict).toBe('pass')
  expect(report.target.profile).toBe(profile.id)
  expect(report.summary).toEqual({
    pass: common.length + (profile.includes?.length ?? 0) - skip,
    fail: 0,
    skip,
    inconclusive: 0,
    errors: 0,
    warnings: 0,
    infos: 0,
  })
})

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

/** Without what differs from run to run. */
function steady(message: string): string {
  return message.replaceAll(/\d+ ms/g, 'N ms').replaceAll(/after \d+ bytes/g, 'after N bytes')
}

const mutants = checks.flatMap(({ id, mutants: faults }) =>
  Object.entries(faults).map(([name, fault]) => ({ id, name, fault })),
)
const reports = pMap(
  mutants,
  async ({ id, name, fault }) =>
    [`${id} ${name}`, await checkReference(fault, policyFor(id))] as const,
  { concurrency: 8 },
).then((each) => new Map(each))

describe.each(mutants)('$id $name', ({ id, name, fault }) => {
  test('trips its check, and exactly what it should', async () => {
    const report = (await reports).get(`${id} ${name}`)!
    const trips = tripped(report)
    expect(Object.keys(trips)).toContain(id)
    expect(trips).toMatchSnapshot()
  })

  test('trips no other check that is an error, unless it necessarily does', async () => {
    const report = (await reports).get(`${id} ${name}`)!
    const known = [
      ...checks.filter(({ mutants: faults }) => faults[name] === fault).map((each) => each.id),
      ...(checks.find((each) => each.id === id)?.echoes ?? []),
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
