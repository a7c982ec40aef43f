import { describe, expect, test } from 'vitest'
import { compare } from '../../src/bench/index.ts'
import { benchReporters, sweepText, versusText } from '../../src/report/index.ts'
import { whyNotHeld } from '../../src/report/measurements/why-not-held.ts'
import { reportOf } from '../support/bench-reports.ts'

const PLAIN = { width: 200, color: false }
const DOUBT =
  "45 of 300 requests failed (45 status 503), and no budget says how many may: add --budget 'errors<0.01'"

/** A run in which 255 answers were good, and 45 were not. */
function shaky(...budgets: string[]) {
  return reportOf(
    Array.from({ length: 255 }, () => 100),
    { failures: 45, budgets },
  )
}

describe('requests that failed', () => {
  test.each([[[]], [['ttft avg<800']], [['icl p(95)<800']], [['ttft p(50)>10']]])(
    'leave doubt where no budget counts them: %j',
    (budgets) => {
      expect(shaky(...budgets)).toMatchObject({ verdict: 'inconclusive', reasons: [DOUBT] })
    },
  )

  test('leave no doubt where they are few, and are told of', () => {
    const run = (failures: number) =>
      reportOf(
        Array.from({ length: 300 - failures }, () => 100),
        { failures },
      )
    expect(run(2)).toMatchObject({
      verdict: 'pass',
      reasons: ['2 of 300 requests failed (2 status 503)'],
    })
    expect(run(3)).toMatchObject({ verdict: 'inconclusive' })
  })

  test.each(['errors<0.5', 'availability>0.5', 'goodput>0.5', 'ttft p(50)<800'])(
    'are told of beside a budget that allows for them: %s',
    (budget) => {
      expect(shaky(budget)).toMatchObject({
        verdict: 'pass',
        reasons: ['45 of 300 requests failed (45 status 503)'],
      })
    },
  )

  test('are no reason of their own beside a budget that they break', () => {
    const report = shaky('errors<0.01')
    expect(report).toMatchObject({ verdict: 'over-budget', reasons: [] })
    expect(whyNotHeld(report)).toEqual(['errors<0.01 is 0.15'])
  })

  test('come first in a terminal, and last beside the verdict', () => {
    const text = benchReporters.terminal(shaky(), PLAIN)
    expect(text).toMatch(/^soundcheck bench .*\n\n {2}300 requests, .*: 255 ok, 45 failed: 45 st/)
    expect(text).toContain(`\nINCONCLUSIVE\n  because   ${DOUBT}\n`)
    const allowed = benchReporters.terminal(shaky('errors<0.5'), PLAIN)
    expect(allowed).toContain('\nPASS\n  but       45 of 300 requests failed (45 status 503)\n')
  })

  test('are told of in Markdown and on a page', () => {
    expect(benchReporters.markdown(shaky('errors<0.5'))).toContain('- 45 of 300 requests failed')
    expect(benchReporters.html(shaky('errors<0.5'))).toContain('<p>But 45 of 300 requests failed')
    expect(benchReporters.html(shaky())).toContain('<p>Because 45 of 300 requests failed')
  })

  test('of one of two endpoints are told of, without a budget too', () => {
    const [first, second] = [reportOf([100, 100]), shaky()]
    const text = versusText({ first, second, comparison: compare(first, second) }, PLAIN)
    expect(text.match(/^INCONCLUSIVE$/gm)).toHaveLength(1)
    // What is compared comes last.
    expect(text).toMatch(/^INCONCLUSIVE$[^]*^.* beside .*$[^]*^inconclusive$/m)
    expect(text).toContain(DOUBT)
  })
})

test('a time that is too long is the reason, although a request failed', () => {
  const report = reportOf(
    Array.from({ length: 300 }, () => 400),
    { budgets: ['ttft p(95)<100'], failures: 1 },
  )
  expect(whyNotHeld(report)).toEqual(['ttft p(95)<100 is 400'])
})

test('a share is never rounded to all', () => {
  const text = benchReporters.terminal(shaky('availability>0.8'), PLAIN)
  expect(text).toContain('ok availability>0.8  is 0.85')
  const few = reportOf(
    Array.from({ length: 299 }, () => 100),
    { budgets: ['availability>0.9'], failures: 1 },
  )
  expect(benchReporters.terminal(few, PLAIN)).toContain('ok availability>0.9  is 0.99667')
})

describe('budgets that were not proven', () => {
  const run = (requests: number, failures: number, ...budgets: string[]) =>
    reportOf(
      Array.from({ length: requests - failures }, () => 100),
      { failures, budgets },
    )

  test('are told of once where they have one reason, with how many requests would prove them', () => {
    expect(run(300, 1, 'availability>0.99', 'errors<0.005', 'ttft p(50)<800').reasons).toEqual([
      'availability>0.99, errors<0.005: 1 of 300 requests failed, which proves neither side; it takes about 5500',
    ])
    expect(run(20, 0, 'ttft p(95)<800', 'ttft_sched p(95)<800', 'errors<0.001').reasons).toEqual([
      'ttft p(95)<800: a p(95) of 20 values proves nothing; it takes about 59',
      'ttft_sched p(95)<800: nothing was measured',
      'errors<0.001: 20 requests without a failure prove too little; it takes about 2995',
    ])
  })

  test('are not named beside those that broke', () => {
    const report = run(300, 0, 'ttft p(95)<50', 'errors<0.001', 'ttft avg<20')
    expect(report.budgets.map(({ verdict }) => verdict)).toEqual(['fail', 'inconclusive', 'fail'])
    expect(whyNotHeld(report)).toEqual(['ttft p(95)<50 is 100; ttft avg<20 is 100'])
    const text = benchReporters.terminal(report, PLAIN)
    expect(text).toContain('\nOVER-BUDGET\n  because   ttft p(95)<50 is 100; ttft avg<20 is 100\n')
    expect(benchReporters.markdown(report)).toMatch(/^- ttft .*50 is 100; ttft avg.*20 is 100$/m)
    expect(benchReporters.html(report)).toContain('<p>Because ttft p(95)&lt;50 is 100; ')
  })
})

describe('a machine that was busy', () => {
  const BUSY =
    /^for 58 % of the run no core .* threads then woke up to 30\.0 ms late \(p99\), so moments may/
  const run = (ttft: number) =>
    reportOf(
      Array.from({ length: 300 }, () => ttft),
      { budgets: ['ttft p(95)<100', 'ttft max<100'], busy: { share: 0.58, wokeLateP99: 30 } },
    )

  test('makes late, never early: what keeps its bounds does', () => {
    expect(run(90)).toMatchObject({
      verdict: 'pass',
      reasons: [expect.stringMatching(BUSY)],
      instrument: { verdict: 'warn' },
    })
  })

  test('leaves doubt where a bound is broken by no more than that', () => {
    const report = run(120)
    expect(report.budgets.map(({ verdict }) => verdict)).toEqual(['inconclusive', 'inconclusive'])
    expect(report.verdict).toBe('inconclusive')
    expect(whyNotHeld(report)).toEqual([
      expect.stringContaining('within the error of the instrument, 30.0 ms, of the bound'),
      expect.stringMatching(BUSY),
    ])
  })

  test('may make what lies between two moments shorter, too', () => {
    const report = reportOf(Array(300).fill(90), {
      values: { e2e: 390, stall: 40, tpot: 19, tps: 52.6, ttft_sched: 150 },
      budgets: [
        'stall max<60',
        'stall max<80',
        'tps p(5)>50',
        'tps p(5)>40',
        'tpot p(95)<20',
        'tpot p(95)<22',
        'ttft_sched p(95)<100',
        'ttft_sched p(95)<80',
      ],
      busy: { share: 1, wokeLateP99: 30 },
    })
    // Of the 300 ms from first to last text, 30 are a tenth; what is late twice is 60 ms late.
    expect(report.budgets.map(({ verdict }) => verdict)).toEqual([
      'inconclusive',
      'pass',
      'inconclusive',
      'pass',
      'inconclusive',
      'pass',
      'inconclusive',
      'fail',
    ])
    expect(report.budgets[2]!.reason).toContain(
      'within the error of the instrument, 5.0 tokens/s, of the bound',
    )
  })

  test('hides no bound that is broken by more', () => {
    expect(run(150)).toMatchObject({
      verdict: 'over-budget',
      reasons: [expect.stringMatching(BUSY)],
    })
  })

  test('is told of in every report', () => {
    const told = 'no core of this machine was idle'
    for (const format of ['terminal', 'markdown', 'html', 'json'] as const) {
      expect(benchReporters[format](run(90), PLAIN), format).toContain(told)
    }
  })

  test('is told of beside two endpoints', () => {
    const [first, second] = [reportOf(Array(20).fill(90)), run(90)]
    const text = versusText({ first, second, comparison: compare(first, second) }, PLAIN)
    expect(text).toContain('too busy, and woke its threads up to 30.0 ms late')
  })
})

describe('a run of which nothing was good', () => {
  const none = reportOf([], { failures: 20 })

  test('is not told which budget would allow it', () => {
    expect(none.reasons).toEqual([
      '20 of 20 requests failed (20 status 503)',
      'no request came to a good end',
    ])
  })

  test('is not told of an instrument that measured nothing', () => {
    const { reasons } = reportOf([], { failures: 20, ttftErrorP99: null })
    expect(reasons.join()).not.toContain('instrument')
    const late = { ...none.instrument, verdict: 'void' } as const
    expect(compare({ ...none, instrument: late }, none).reasons.join()).not.toContain('instrument')
  })

  test('does not hide the figures of the other, nor how to look closer', () => {
    const first = reportOf([100, 100])
    const text = versusText({ first, second: none, comparison: compare(first, none) }, PLAIN)
    expect(text).toMatch(/^ {2}2 requests, [^]*^ {2}ttft +/m)
    expect(text).toMatch(/20 failed: 20 status 503[^]*run +soundcheck check http/)
    expect(text).not.toContain('median')
  })
})

test('one request is one', () => {
  expect(benchReporters.terminal(reportOf([100]), PLAIN)).toContain(' 1 request, ')
  expect(benchReporters.markdown(reportOf([100]))).toContain(' 1 request, ')
  expect(reportOf([100], { budgets: ['errors<0.01'] }).reasons.join()).toContain(
    '1 request without a failure proves too little',
  )
})

test('a budget that is not proven beside a broken one: how many values would prove it', () => {
  const report = reportOf(
    Array.from({ length: 60 }, () => 100),
    { budgets: ['ttft p(95)<10', 'errors<0.01'] },
  )
  expect(benchReporters.terminal(report, PLAIN)).toMatch(
    /errors<0\.01 {2}is 0; to prove it .* 299$/m,
  )
  expect(benchReporters.markdown(report)).toContain('prove too little; it takes about 299')
})

test('a sweep says why a load broke, beyond one that proved nothing', () => {
  const budgets = ['ttft p(95)<60']
  const steps = [reportOf([10], { budgets }), reportOf(Array(60).fill(100), { budgets })].map(
    (report, i) => ({
      report,
      concurrency: 4 ** i,
      ratePerSecond: null,
      holds: false,
      outcome: 'breaks' as const,
    }),
  )
  const text = sweepText({ steps }, PLAIN)
  expect(text).toMatch(/^UNKNOWN[^]*at 4: ttft p\(95\)<60 is 100$/m)
})

test('a run without failures and budgets passes', () => {
  expect(reportOf([100, 100])).toMatchObject({ verdict: 'pass', reasons: [] })
})
