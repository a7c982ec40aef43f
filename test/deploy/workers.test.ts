import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { parse } from 'jsonc-parser'
import { Miniflare } from 'miniflare'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { check } from '../../src/conformance/index.ts'
import { startServer } from '../../src/server/index.ts'
import { bundleDeployed } from '../support/bundle-deployed.ts'
import { failuresOf } from '../support/failures-of.ts'
import { CALLER_KEY, saidIn, type VoiceTurn, voiceTurn } from '../support/voice-turn.ts'

const text = readFileSync(
  new URL('../../deploy/cloudflare/wrangler.jsonc', import.meta.url),
  'utf8',
)
const { main, ...wrangler } = parse(text) as {
  readonly main: string
  readonly compatibility_date: string
  readonly compatibility_flags: string[]
}

/** Nobody waits for the answer to one of these. */
const LEFT = ['Never mind.', 'Wrong number.']

/** Answers at once, or is so slow that buffer words are said first. */
const quick = await startServer({ warm: true })
const slow = await startServer({
  warm: true,
  pacing: { ttft: 2_000, gap: 30 },
  scenarios: [
    ...LEFT.map((user) => ({
      when: { user },
      then: { text: 'Too late.', pacing: { ttft: 60_000, gap: 0 } },
    })),
    // Goes on for a minute and more, and so for longer than a busy machine is late.
    { when: { user: 'something long' }, then: 'And so on. '.repeat(1_000) },
  ],
})
let script: string
const workers: Miniflare[] = []

/** Runs the worker in workerd, in front of a model; gives its base URL. */
async function worker(model: string): Promise<string> {
  const running = new Miniflare({
    modules: true,
    script,
    compatibilityDate: wrangler.compatibility_date,
    compatibilityFlags: wrangler.compatibility_flags,
    bindings: { OPENAI_BASE_URL: model, OPENAI_API_KEY: 'sk-up', SOUNDCHECK_API_KEY: CALLER_KEY },
  })
  workers.push(running)
  return new URL('/v1', await running.ready).href
}

let atQuick: string
let atSlow: string

beforeAll(async () => {
  script = await bundleDeployed(`cloudflare/${main}`, 'browser')
  atQuick = await worker(quick.url)
  atSlow = await worker(slow.url)
})
afterAll(async () => {
  for (const each of workers) await each.dispose()
  await quick.close()
  await slow.close()
})

async function heard(base: string, turn: VoiceTurn = {}): Promise<string> {
  const response = await fetch(voiceTurn(base, turn))
  const events = await response.text()
  expect(response.status, events).toBe(200)
  expect(events.endsWith('data: [DONE]\n\n'), events).toBe(true)
  return saidIn(events)
}

/** The request to the slow model with these words. */
function entryOf(words: string) {
  return slow.journal.entries().findLast(({ body }) => body?.includes(words))
}

const endingOf = (words: string) => entryOf(words)?.ending
/** Who leaves before is never seen. */
const untilAsked = (words: string) => expect.poll(() => entryOf(words)).toBeDefined()

// A machine that stalls for a second makes the model later than what is deployed waits for it, or no later
// than buffer words, and rightly so: once more, then.
const UNTIL_QUIET = { retry: 2 }

describe('the worker, in workerd', () => {
  test('is a correct custom LLM', async () => {
    const report = await check({ url: atQuick, apiKey: CALLER_KEY, skip: ['latency'] })
    expect(failuresOf(report)).toEqual([])
    expect(report.verdict).toBe('pass')
  })

  test('lets nobody in without its key', async () => {
    const headers = { authorization: 'Bearer sk-other' }
    expect((await fetch(voiceTurn(atQuick, { headers }))).status).toBe(401)
  })

  test('tells who sends too much, and does not cut the connection', async () => {
    // Connections are not kept: workerd closes what was idle for 5 s, and this thread may not hear of it
    // in time when it is busy with so much text.
    const turn = { content: 'a'.repeat(20_000_000), headers: { connection: 'close' } }
    for (let i = 0; i < 10; i++) {
      expect((await fetch(voiceTurn(atQuick, turn))).status).toBe(413)
    }
  })

  test('says buffer words, and each piece when it comes', UNTIL_QUIET, async () => {
    const response = await fetch(voiceTurn(atSlow, { content: 'Say something long.' }))
    const begun = performance.now()
    const at: number[] = []
    const pieces: string[] = []
    for await (const bytes of response.body!.pipeThrough(new TextDecoderStream())) {
      at.push(performance.now() - begun)
      pieces.push(bytes)
      if (pieces.length > 5 && at.at(-1)! - at[1]! > 100) break
    }
    expect(saidIn(pieces[0]!)).toMatch(/\.\.\. $/)
    expect(pieces.length).toBeGreaterThan(5)
    expect(at.at(-1)! - at[1]!).toBeGreaterThan(100)
    expect(response.headers.get('content-encoding')).toBeNull()
  })

  test('keeps its times for one caller when another one leaves', UNTIL_QUIET, async () => {
    const leaving = new AbortController()
    const left = heard(atSlow, { content: 'Never mind.', signal: leaving.signal })
    await untilAsked('Never mind')
    const staying = heard(atSlow, { content: 'I wait.' })
    await sleep(200)
    leaving.abort()
    await expect(left).rejects.toThrow()
    expect(await staying).toMatch(/^[^.]+\.\.\. /)
  })

  test(
    'answers the same request twice, and a newer one of its conversation',
    UNTIL_QUIET,
    async () => {
      const same = { content: 'Are you there?', headers: { 'x-conversation-id': 'call-1' } }
      const [first, second, newer] = await Promise.all([
        heard(atSlow, same),
        heard(atSlow, same),
        sleep(300).then(() => heard(atSlow, { ...same, content: 'Hello?' })),
      ])
      for (const each of [first, second, newer]) expect(each).not.toBe('')
    },
  )

  test('a caller who leaves while the model talks cancels it', UNTIL_QUIET, async () => {
    const leaving = new AbortController()
    const content = 'Say something long, and be cut short.'
    const response = await fetch(voiceTurn(atSlow, { content, signal: leaving.signal }))
    const reader = response.body!.getReader()
    await reader.read()
    await reader.read()
    leaving.abort()
    await expect.poll(() => endingOf('cut short')).toBe('client-left')
  })

  test('one who leaves before anything is said cancels it when something is', async () => {
    const leaving = new AbortController()
    const turn = { content: 'Wrong number.', signal: leaving.signal }
    const left = fetch(voiceTurn(atSlow, turn)).then((response) => response.text())
    await untilAsked('Wrong number')
    leaving.abort()
    await expect(left).rejects.toThrow()
    await expect.poll(() => endingOf('Wrong number')).toBe('client-left')
  })
})
