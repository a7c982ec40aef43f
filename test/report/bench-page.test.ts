import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { BenchReport } from '../../src/bench/index.ts'
import { benchReporters } from '../../src/report/index.ts'
import { lognormal, reportOf } from '../support/bench-reports.ts'
import { barriersOn, isBrowserMissing, launchBrowser, LOOKS } from '../support/browser.ts'
import { HOSTILE } from '../support/hostile.ts'

const html = (report: BenchReport) => benchReporters.html(report)

const REPORT = reportOf(lognormal(400, 300, 0.2, 1), {
  budgets: ['ttft p(95)<800', 'ttft avg<90', 'icl max<1', 'tps p(5)>50', 'errors<0.001'],
  deadAir: [0, 600, 300],
})
const NOTHING = reportOf([])

/** A report whose every text that an endpoint or a file has a say in is hostile. */
const hostileReport: BenchReport = {
  ...REPORT,
  target: { url: HOSTILE, model: HOSTILE },
  startedAt: HOSTILE,
  speech: { ...REPORT.speech, rule: HOSTILE },
  reasons: [HOSTILE],
  budgets: REPORT.budgets.map((budget) => ({ ...budget, reason: HOSTILE })),
}

test('the page loads nothing and runs nothing', () => {
  expect(html(REPORT)).toContain(`default-src 'none'`)
  expect(html(REPORT)).not.toMatch(
    /<(?:script|link|img|iframe|base|form)\b|\son\w+=|url\(|@import/i,
  )
})

test('hostile text adds no element', () => {
  const page = html(hostileReport)
  expect(page).not.toMatch(/<(?:script|img|failure)/i)
  expect(page.replaceAll('\n', '')).not.toMatch(/[\0-\x1f\u202a-\u202e\ud800-\udfff]/)
})

test('the verdict and why, the budgets, the requests, the instrument', () => {
  const failing = {
    ...REPORT,
    requests: { ...REPORT.requests, attempted: 403 },
    failures: [{ name: 'status 503', failure: 'status' as const, count: 3, seen: '<busy>' }],
  }
  const page = html(failing)
  expect(page).toContain('<span class="verdict over-budget">over-budget</span>')
  expect(page).toContain('<p>Because ttft avg&lt;90 is 308; icl max&lt;1 is ')
  expect(page).toMatch(/<code>tps p\(5\)&gt;50<\/code>.*inconclusive.*there is no usage/)
  expect(page).toMatch(/<code>icl max&lt;1<\/code>.*<span class="badge fail">/)
  expect(page).toContain('3 failed: 3 status 503')
  expect(page).toContain('<p>3 of them: &lt;busy&gt;</p>')
  expect(page).toContain('run soundcheck check http://localhost')
  expect(page).toContain('ok: not calibrated; 1 thread, busy 10 %')
  expect(page).toContain('<dt>new connections</dt><dd>none</dd>')
})

test('every metric with its definition, and what ElevenLabs calls it', () => {
  for (const [name, { definition }] of Object.entries(REPORT.metrics)) {
    const text = definition.replaceAll('"', '&quot;')
    expect(html(REPORT)).toContain(
      `<th scope="row"><code>${name}</code></th><td class="definition">${text}`,
    )
  }
  expect(html(REPORT)).toContain('(ElevenLabs: <code>convai_llm_service_ttf_sentence</code>)')
})

test('a plot of what has values, with the bounds of its budgets', () => {
  const page = html(REPORT)
  const plots = [...page.matchAll(/<figcaption><b>(\w+)<\/b>/g)].map(([, name]) => name)
  expect(plots).toEqual(['ttft', 'dead_air', 'icl'])
  expect(page.match(/<path class="bound"/g)).toHaveLength(3)
  expect(page).toContain('ttft avg&lt;90</text>')
  // It would press the curve flat.
  const far = html(reportOf([10, 20], { budgets: ['ttft p(95)<9000'] }))
  expect(far).toContain('ttft p(95)&lt;9000 (beyond the scale)</text>')
  expect(html(NOTHING)).not.toContain('<figure')
})

test('dead air is told where there was any', () => {
  const told = '500 ms to the first sound, 2000 ms of voice, 600 ms of dead air in 1 silence'
  expect(html(REPORT)).toContain(told)
  expect(html(reportOf([1], { deadAir: [0] }))).toContain('No voice fell silent')
  expect(html(NOTHING)).not.toContain('Dead air')
})

describe.skipIf(isBrowserMissing)('in a browser (skipped where there is no chromium)', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser?.close())

  async function open(
    report: BenchReport,
    width = 1200,
    colorScheme: 'light' | 'dark' = 'light',
  ): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 2_000 }, colorScheme })
    onTestFinished(() => page.close())
    await page.setContent(html(report))
    return page
  }

  test.each(LOOKS)('$scheme, $width wide: accessible, and nothing sticks out', async (look) => {
    for (const report of [REPORT, hostileReport, NOTHING]) {
      const page = await open(report, look.width, look.scheme)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(look.width)
      expect(await barriersOn(page)).toEqual([])
    }
  })

  test('a curve and a bound are where the axes say', async () => {
    const values = Array.from({ length: 100 }, (_, i) => i + 1)
    const page = await open(reportOf(values, { budgets: ['ttft p(90)<50'] }))
    const plot = page.locator('figure', { hasText: /^\s*ttft/ })
    const middleOf = async (selector: string, hasText: RegExp) => {
      const box = await plot.locator(selector, { hasText }).first().boundingBox()
      return [box!.x + box!.width / 2, box!.y + box!.height / 2] as const
    }
    const [, y50] = await middleOf('text', /^50\.0$/)
    const [, y100] = await middleOf('text', /^100$/)
    const [x50] = await middleOf('text', /^50 %$/)
    const [x90] = await middleOf('text', /^90 %$/)
    const [markX, markY] = await middleOf('.bound-mark', /^$/)
    expect(y100).toBeLessThan(y50)
    expect(Math.abs(markX - x90)).toBeLessThan(3)
    expect(Math.abs(markY - y50)).toBeLessThan(3)
    const isOnCurve = (x: number, y: number) =>
      page.evaluate(
        `[-3, 0, 3].some((d) => document.elementsFromPoint(${x} + d, ${y}).some((each) => each.matches('.curve')))`,
      )
    expect(await isOnCurve(x50, y50)).toBe(true)
    expect(await isOnCurve(x90, y100 + (y50 - y100) / 5)).toBe(true)
    expect(await isOnCurve(x90, y50)).toBe(false)
  })

  test('a silence lies between two stretches of voice, as long as it was', async () => {
    const page = await open(REPORT)
    const boxes = await Promise.all(
      (await page.locator('figure path.voice, figure path.silence').all()).map((each) =>
        each.boundingBox(),
      ),
    )
    const [before, silence, after] = boxes.map((box) => ({ from: box!.x, to: box!.x + box!.width }))
    expect(boxes).toHaveLength(3)
    // A box includes the stroke.
    expect(Math.abs(silence!.from - before!.to)).toBeLessThan(6)
    expect(Math.abs(after!.from - silence!.to)).toBeLessThan(6)
    const ratio = (silence!.to - silence!.from) / (before!.to - before!.from)
    expect(ratio).toBeCloseTo(0.6, 1)
  })

  test('hostile text runs no script and makes no request', async () => {
    const page = await browser.newPage()
    onTestFinished(() => page.close())
    const told: string[] = []
    page.on('dialog', (dialog) => void dialog.dismiss().then(() => told.push('dialog')))
    page.on('request', (request) => told.push(request.url()))
    await page.setContent(html(hostileReport))
    await page.waitForLoadState('networkidle')
    expect(told).toEqual([])
  })
})
