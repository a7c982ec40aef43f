import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build, type Rolldown } from 'vite'
import type { Scenario } from '../../src/mocks/index.ts'
import { isBrowserMissing, launchBrowser } from '../support/browser.ts'
import { offering, post, saying } from '../support/chat.ts'
import type { MswPage } from '../support/msw-page.ts'
import { rawServer } from '../support/raw-server.ts'
import { referenceServer } from '../support/reference-server.ts'

declare const page: MswPage

const SCENARIOS: Scenario[] = [
  { when: { user: 'emoji' }, then: 'Family 👨‍👩‍👧‍👦, nǐ hǎo 你好, é' },
  { when: { user: 'both' }, then: { calls: [{ name: 'a' }, { name: 'b' }], interleave: true } },
  { when: { user: 'paced' }, then: { text: 'Slow now', pacing: { ttft: 50, gap: 50 } } },
  { when: { user: 'endless' }, then: { text: 'One two', pacing: { gap: 60_000 } } },
]

/** The script of the page, as a bundler for browsers makes it, and what it loads: by path. */
async function bundle(): Promise<Record<string, string>> {
  const input = fileURLToPath(new URL('../support/msw-page.ts', import.meta.url))
  const { output } = (await build({
    configFile: false,
    logLevel: 'silent',
    base: '/',
    build: {
      write: false,
      target: 'esnext',
      modulePreload: false,
      rolldownOptions: { input, output: { entryFileNames: 'page.js' } },
    },
  })) as Rolldown.RolldownOutput
  const code = (file: (typeof output)[number]) => (file.type === 'chunk' ? file.code : '')
  return Object.fromEntries(output.map((file) => [`/${file.fileName}`, code(file)]))
}

describe.skipIf(isBrowserMissing)('MSW in a browser (skipped where there is no chromium)', () => {
  let browser: Browser
  let scripts: Record<string, string>
  beforeAll(async () => {
    scripts = await bundle()
    browser = await launchBrowser()
  })
  afterAll(() => browser?.close())

  async function open(): Promise<Page> {
    const worker = fileURLToPath(import.meta.resolve('msw/mockServiceWorker.js'))
    const files: Record<string, string> = {
      ...scripts,
      '/': '<!doctype html><script type="module" src="/page.js"></script>',
      '/mockServiceWorker.js': await readFile(worker, 'utf8'),
    }
    const url = await rawServer(({ url: path = '/' }, response) => {
      response.setHeader('content-type', path.endsWith('.js') ? 'text/javascript' : 'text/html')
      response.writeHead(path in files ? 200 : 404).end(files[path])
    })
    const opened = await browser.newPage()
    await opened.goto(url)
    await opened.waitForFunction('"page" in globalThis')
    await opened.evaluate((json) => page.add(JSON.parse(json)), JSON.stringify(SCENARIOS))
    return opened
  }

  test('the same scenarios and requests give the same bytes as on the server', async () => {
    const opened = await open()
    const url = `${await referenceServer({ scenarios: SCENARIOS, seed: 3 })}/chat/completions`
    for (const request of [
      saying('emoji', { stream_options: { include_usage: true } }),
      saying('both', offering('a', 'b')),
      saying('Tell me a story', { max_tokens: 20 }),
      saying('emoji', { stream: false }),
      { model: 'm', messages: [] },
    ]) {
      const expected = await post(fetch, request, {}, url)
      const answer = await opened.evaluate((each) => page.ask(each), request)
      expect([answer.status, Buffer.from(answer.bytes).toString()]).toEqual([
        expected.status,
        await expected.text(),
      ])
    }
  })

  test('an answer comes in pieces, and who leaves is seen to leave', async () => {
    const opened = await open()
    const { pieces } = await opened.evaluate((each) => page.ask(each), saying('paced'))
    expect(pieces).toBeGreaterThan(1)
    expect(await opened.evaluate((each) => page.leave(each), saying('endless'))).toBe('client-left')
  })
})
