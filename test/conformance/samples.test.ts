import { en, Faker } from '@faker-js/faker'
import { describe, expect, test } from 'vitest'
import { UNHURRIED } from '../../scripts/unhurried.ts'
import { defineCheck, type DependsOnModel } from '../../src/conformance/check/define-check.ts'
import { Evidence } from '../../src/conformance/evidence/evidence.ts'
import { editArguments } from '../../src/conformance/faults/index.ts'
import { check, type CheckReport, lint } from '../../src/conformance/index.ts'
import { conclude } from '../../src/conformance/judge/conclude.ts'
import { judge } from '../../src/conformance/judge/judge.ts'
import { parseJson } from '../../src/protocol/index.ts'
import type { Fault } from '../../src/wire/index.ts'
import { delta, DONE, exchangeOf } from '../support/exchanges.ts'
import { referenceServer } from '../support/reference-server.ts'

const truncate = editArguments((text) => text.slice(0, -1))

/** An endpoint whose model calls a tool 7 times in 10, and makes invalid JSON of 5 % of the calls. */
function moody(seed: number): Fault {
  const faker = new Faker({ locale: en, seed })
  const chance = (probability: number) => faker.datatype.boolean(probability)
  return {
    wrap: (handler) => async (request, call) => {
      const { tools, tool_choice, ...rest } = Object(parseJson(request.body ?? ''))
      const calls = !tools || tool_choice === 'required' || chance(0.7)
      const reply = await handler(
        calls ? request : { ...request, body: JSON.stringify(rest) },
        call,
      )
      return tools && chance(0.05) ? truncate(reply, request) : reply
    },
  }
}

test('a model that chooses otherwise each time gets the same verdict, time after time', async () => {
  const reports: CheckReport[] = []
  for (let seed = 1; seed <= 10; seed++) {
    const url = await referenceServer({ fault: moody(seed) })
    reports.push(await check({ url, limits: UNHURRIED }))
  }
  expect(reports.map(({ verdict }) => verdict)).toEqual(Array(10).fill('pass'))
  const notes = reports.flatMap(({ checks }) =>
    checks.flatMap(({ status, reason }) => (status === 'pass' && reason ? [reason] : [])),
  )
  expect(notes).toContainEqual(expect.stringMatching(/^failed in \d of \d samples of farewell/))
})

test('a model that never calls its tool right fails', async () => {
  const report = await check({ url: await referenceServer({ fault: truncate }) })
  expect(report.verdict).toBe('fail')
  expect(report.checks.find(({ id }) => id === 'tools/arguments-json')!.findings).toContainEqual(
    expect.objectContaining({ message: expect.stringMatching(/\(5 of 5 samples\)$/) }),
  )
})

test('one sample, if more are not wanted', async () => {
  const url = await referenceServer({ fault: truncate })
  const { requests } = await check({ url, samples: 1, only: ['tools/arguments-json'] })
  const { requests: more } = await check({ url, samples: 3, only: ['tools/arguments-json'] })
  expect(more).toBe(requests + 2)
})

describe('of five samples', () => {
  const vary = (dependsOnModel: DependsOnModel) =>
    defineCheck({
      id: 'x/y',
      title: 'The id is good',
      severity: 'error',
      since: '2026-11',
      requirement: { text: '', source: '', url: '' },
      effect: '',
      fix: '',
      probes: 'every-stream',
      needs: [],
      dependsOnModel,
      *inspect({ id }) {
        if (id.startsWith('bad')) yield { message: 'Bad.', expected: 'good' }
      },
      mutants: {},
    })

  test.each([
    ['choice', 1, { status: 'pass', reason: 'failed in 1 of 5 samples of farewell' }],
    ['choice', 3, { status: 'fail', message: 'Bad. (3 of 5 samples)', severity: 'warning' }],
    ['choice', 5, { status: 'fail', message: 'Bad. (5 of 5 samples)', severity: 'error' }],
    ['form', 1, { status: 'fail', message: 'Bad. (1 of 5 samples)', severity: 'warning' }],
    ['form', 2, { status: 'fail', message: 'Bad. (2 of 5 samples)', severity: 'warning' }],
    ['form', 3, { status: 'fail', message: 'Bad. (3 of 5 samples)', severity: 'error' }],
    ['form', 5, { status: 'fail', message: 'Bad. (5 of 5 samples)', severity: 'error' }],
  ] as const)('%s: %i fail', (dependsOn, bad, expected) => {
    const evidence = Array.from({ length: 5 }, (_, i) =>
      Evidence.ofExchange(
        exchangeOf([], { id: i < bad ? `bad-${i}` : `good-${i}`, probe: 'farewell' }),
      ),
    )
    const each = vary(dependsOn)
    const [judgements = []] = judge([each], [{ probe: 'farewell', evidence }]).values()
    const { check: _, ...conclusion } = conclude(each, judgements)
    const [observed] = 'observations' in conclusion ? conclusion.observations : []
    expect({ ...conclusion, ...observed }).toMatchObject(expected)
  })
})

describe('a model that breaks arguments now and then', () => {
  /** Breaks the first calls, and makes the others well. */
  function breaking(first: number): Fault {
    let made = 0
    return {
      wrap: (handler) => async (request, call) => {
        const reply = await handler(request, call)
        const broken = truncate(reply, request)
        return JSON.stringify(broken.frames) !== JSON.stringify(reply.frames) && ++made <= first
          ? broken
          : reply
      },
    }
  }

  test.each([
    [1, 'warning', '1 of 4 samples'],
    [2, 'warning', '2 of 5 samples'],
    [3, 'error', '3 of 5 samples'],
  ])('%i times: %s, which says %s', async (first, severity, rate) => {
    const url = await referenceServer({ fault: breaking(first) })
    const report = await check({ url, only: ['tools/arguments-json'], quick: true })
    expect(report.checks[0]!.findings).toMatchObject([
      { severity, message: expect.stringContaining(`(${rate})`) },
    ])
  })
})

test('files of one request are no samples of each other', () => {
  const call = (args: string) =>
    delta({
      tool_calls: [
        { index: 0, id: 'call_1', type: 'function', function: { name: 'f', arguments: args } },
      ],
    })
  const saved = ['{', '{}', '{}'].map((args, i) => ({
    file: `calls/${i}.json`,
    exchange: exchangeOf([[1, call(args) + DONE]], {
      request: { method: 'POST', url: 'http://a.example', headers: [], body: '{"stream":true}' },
    }),
  }))
  const { files } = lint(saved, { only: ['tools/arguments-json'] })
  expect(files.map(({ verdict }) => verdict)).toEqual(['fail', 'pass', 'pass'])
  expect(files[0]!.checks[0]!.findings[0]!.message).not.toContain('samples')
})
