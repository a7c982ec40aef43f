import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { type Report, reporters } from '../../src/report/index.ts'
import { barriersOn, isBrowserMissing, launchBrowser, LOOKS } from '../support/browser.ts'
import { contextOf } from '../support/report-context.ts'
import { hostileReport, inconclusiveReport, reportOf } from '../support/reports.ts'

const html = (report: Report) => reporters.html(report, contextOf())

test('the page loads nothing and runs nothing', async () => {
  const page = html(await reportOf('sse/done', 'done-missing'))
  expect(page).toContain(`default-src 'none'`)
  expect(page).not.toMatch(/<(?:script|link|img|iframe|base|form)\b|\son\w+=|url\(|@import/i)
})

test('hostile text adds no element', () => {
  const page = html(hostileReport())
  expect(page).not.toMatch(/<(?:script|img|failure)/i)
  expect(page.replaceAll('\n', '')).not.toMatch(/[\0-\x1f\u202a-\u202e\ud800-\udfff]/)
})

test('a timeline for each exchange, a mark for each moment', async () => {
  const report = await reportOf('sse/done', 'done-missing')
  const page = html(report)
  expect(page.match(/<svg class="timeline"/g)).toHaveLength(report.exchanges.length)
  const [first] = report.exchanges
  expect(page).toContain(`${first!.id}: request sent at 0.0 ms, first byte at`)
  expect(first!.doneMs).toBeNull()
  const { exchanges } = await reportOf()
  for (const { id, eventsMs, doneMs, roleMs } of exchanges.filter(({ events }) => events > 0)) {
    expect(eventsMs.length, id).toBeGreaterThan(0)
    expect(doneMs, id).toBeGreaterThanOrEqual(roleMs!)
  }
})

describe.skipIf(isBrowserMissing)('in a browser (skipped where there is no chromium)', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser?.close())

  async function open(report: Report, width: number, colorScheme: 'light' | 'dark'): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme })
    onTestFinished(() => page.close())
    await page.setContent(html(report))
    return page
  }

  test.each(LOOKS)('$scheme, $width wide: accessible, and nothing sticks out', async (look) => {
    for (const report of [
      await reportOf('tools/index-missing', 'tool-no-index'),
      hostileReport(),
      await inconclusiveReport(),
    ]) {
      const page = await open(report, look.width, look.scheme)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(look.width)
      expect(await barriersOn(page)).toEqual([])
    }
  })

  test('hostile text runs no script and makes no request', async () => {
    const page = await browser.newPage()
    onTestFinished(() => page.close())
    const told: string[] = []
    page.on('dialog', (dialog) => void dialog.dismiss().then(() => told.push('dialog')))
    page.on('request', (request) => told.push(request.url()))
    await page.setContent(html(hostileReport()))
    await page.waitForLoadState('networkidle')
    expect(told).toEqual([])
  })
})
