import { existsSync } from 'node:fs'
import axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  .concat(process.env['CHROMIUM'] ?? [])
  .find((path) => existsSync(path))

/** Whether there is no browser, and none is required. */
export const isBrowserMissing =
  executablePath === undefined && process.env['REQUIRE_CHROMIUM'] === undefined

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] })
}

/** How readers may see a page. */
export const LOOKS = [1200, 390].flatMap((width) =>
  (['light', 'dark'] as const).map((scheme) => ({ width, scheme })),
)

/** Of all that it finds, only this leaves the browser: the rest is thousands of elements. */
const BARRIERS = `axe
  .run({ resultTypes: ['violations'] })
  .then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0]?.html))`

/** What keeps some readers out. */
export async function barriersOn(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate<string[]>(BARRIERS)
}
