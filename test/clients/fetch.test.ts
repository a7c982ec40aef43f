import { describe, expect, test } from 'vitest'
import { joined, offering, payloads, post, said, saying } from '../support/chat.ts'
import { CLIENT_SCENARIOS } from '../support/client-scenarios.ts'
import { EACH_FRONT } from '../support/fronts.ts'

describe.each(EACH_FRONT)('plain fetch, on %s', (_, start) => {
  async function connect() {
    const { baseURL, fetch } = await start({ scenarios: CLIENT_SCENARIOS, strict: true })
    return (user: string, rest = {}) =>
      post(fetch, saying(user, rest), {}, `${baseURL}/chat/completions`)
  }

  test('text', async () => {
    const ask = await connect()
    expect(await said(await ask('hello'))).toBe('Hello there, caller. 👋🏽')
  })

  test('no delta holds half of a grapheme', async () => {
    const ask = await connect()
    const { choicePieces: pieces } = await joined(await ask('hello'))
    const texts = pieces.map(({ delta }) => delta?.['content'])
    expect(texts).toContain(' 👋🏽')
  })

  test('parallel tools', async () => {
    const ask = await connect()
    const { choices } = await joined(await ask('both', offering('get_weather')))
    expect(choices[0]!.calls.map((call) => call.arguments)).toEqual([
      '{"city":"Bern"}',
      '{"city":"Ulm"}',
    ])
  })

  test('a refusal', async () => {
    const ask = await connect()
    expect((await joined(await ask('refuse'))).choices[0]!.refusal).toBe('I cannot help with that.')
  })

  test('an error, and a retry after 429', async () => {
    const ask = await connect()
    expect((await ask('fail')).status).toBe(400)
    const busy = await ask('busy')
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([429, '1'])
    expect((await ask('busy')).status).toBe(200)
  })

  test('an error in the middle of a stream', async () => {
    const ask = await connect()
    expect((await payloads(await ask('break'))).at(-1)).toContain('"message":"Overloaded."')
  })
})
