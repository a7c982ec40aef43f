import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer } from '../../src/server/index.ts'
import { importDeployed } from '../support/import-deployed.ts'
import { saidIn, voiceTurn } from '../support/voice-turn.ts'

const FOLDER = new URL('../../deploy/vercel/', import.meta.url)
const ROUTE = 'app/v1/chat/completions/route.ts'
const BASE = 'https://voice.example.com/v1'

const model = await startServer({ warm: true, pacing: { ttft: 1_200, gap: 30 } })
let post: (request: Request) => Promise<Response>

beforeAll(async () => {
  const route = await importDeployed(`vercel/${ROUTE}`, model.url)
  post = (route as { POST: typeof post }).POST
})
afterAll(() => model.close())

describe('the route handler', () => {
  // A machine that stalls for a second has the rest come at once, and rightly so: once more, then.
  test('streams each piece as it comes, after buffer words', { retry: 2 }, async () => {
    const response = await post(voiceTurn(BASE, { content: 'Say something long.' }))
    expect(response.status).toBe(200)
    const at: number[] = []
    let events = ''
    for await (const bytes of response.body!.pipeThrough(new TextDecoderStream())) {
      at.push(performance.now())
      events += bytes
    }
    expect(events.endsWith('data: [DONE]\n\n'), events).toBe(true)
    expect(saidIn(events)).toMatch(/^[^.]+\.\.\. ./)
    expect(at.at(-1)! - at[1]!).toBeGreaterThan(100)
  })

  test('lets nobody in without its key', async () => {
    const headers = { authorization: 'Bearer sk-other' }
    expect((await post(voiceTurn(BASE, { headers }))).status).toBe(401)
  })

  test('lets nobody in where it was given none', async () => {
    const open = await importDeployed(`vercel/${ROUTE}`, model.url, {})
    expect((await (open as { POST: typeof post }).POST(voiceTurn(BASE, {}))).status).toBe(401)
  })

  test('cancels the model for a caller who leaves', async () => {
    const leaving = new AbortController()
    const content = 'Say something long, and be cut short.'
    const response = await post(voiceTurn(BASE, { content, signal: leaving.signal }))
    await response.body!.getReader().read()
    leaving.abort()
    const asked = () => model.journal.entries().findLast(({ body }) => body?.includes('cut short'))
    await expect.poll(() => asked()?.ending).toBe('client-left')
  })
})

test('vercel.json is about that route: it outlasts the longest answer, and is told who left', () => {
  const { functions } = JSON.parse(readFileSync(new URL('vercel.json', FOLDER), 'utf8'))
  expect(Object.keys(functions)).toEqual([ROUTE])
  expect(existsSync(new URL(ROUTE, FOLDER))).toBe(true)
  expect(functions[ROUTE].maxDuration).toBeGreaterThan(60)
  expect(functions[ROUTE].supportsCancellation).toBe(true)
})
