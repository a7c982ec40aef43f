import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { findFault } from '../../src/conformance/index.ts'
import { type RunningServer, startServer } from '../../src/server/index.ts'
import { useTap } from '../../src/vitest/index.ts'
import { post, saying } from '../support/chat.ts'
import { runVitest } from '../support/vitest-project.ts'

const ask = async (url: string, content: string) =>
  (await post(fetch, saying(content), {}, `${url}/chat/completions`)).text()

test('a tap that judges by what matches no check is refused where it is asked for', () => {
  expect(() => useTap({ upstream: 'http://127.0.0.1:9', only: ['sse/dnoe'] })).toThrow(
    '"sse/dnoe" matches no check',
  )
})

describe('useTap', () => {
  const urls: string[] = []
  let server: RunningServer | undefined
  const tap = useTap({
    upstream: async () => {
      server ??= await startServer({ fault: findFault('sse/done-missing') })
      return server.url
    },
    skip: ['latency'],
  })
  beforeEach(() => void urls.push(tap.url))
  afterAll(async () => {
    expect(urls).toHaveLength(3)
    expect(() => tap.url).toThrow('during tests only')
    await server?.close()
  })

  test('tells what has passed, and what was found in it', async () => {
    await ask(tap.url, 'One.')
    await ask(tap.url, 'Two.')
    await tap.settled()
    expect(tap.passed.map(({ turns }) => turns[0]!.name)).toEqual(['turn', 'turn'])
    expect(tap.passed[0]!.exchange.request.body).toContain('One.')
    expect(new Set(tap.findings.map(({ check }) => check))).toContain('sse/done')
    expect(tap.findings).toEqual(tap.passed.flatMap(({ findings }) => findings))
  })

  test('begins anew with each test', async () => {
    expect(tap.passed).toEqual([])
    expect(tap.findings).toEqual([])
    await ask(tap.url, 'Three.')
    await tap.settled()
    expect(tap.passed).toHaveLength(1)
  })

  test('may be settled where nothing has passed', async () => {
    await tap.settled()
    await tap.settled()
    expect(tap.passed).toEqual([])
    await expect(ask(tap.url, 'Four.')).rejects.toThrow('fetch failed')
  })
})

describe('a policy', () => {
  let server: RunningServer | undefined
  const tap = useTap({
    upstream: async () => {
      server = await startServer({ fault: findFault('sse/done-missing') })
      return server.url
    },
    only: ['chunk'],
  })
  afterAll(() => server?.close())

  test('says what is judged', async () => {
    await ask(tap.url, 'One.')
    await tap.settled()
    expect(tap.passed).toHaveLength(1)
    expect(tap.findings).toEqual([])
  })
})

test('fails a test that runs beside another, and spares that one', async () => {
  const outcomes = await runVitest(`
    import { setTimeout as sleep } from 'node:timers/promises'
    import { describe, expect, test } from 'vitest'
    const tap = useTap({ upstream: 'http://127.0.0.1:9/v1' })
    const tapped = async () => {
      const { url } = tap
      await sleep(300)
      expect(tap.url).toBe(url)
    }
    describe('beside each other', { concurrent: true }, () => {
      test('one', tapped)
      test('two', tapped)
    })
    test('three', tapped)
  `)
  const all = [...outcomes.values()]
  expect(all.filter(({ status }) => status === 'passed')).toHaveLength(2)
  const [failed] = all.filter(({ status }) => status === 'failed')
  expect(failed!.message).toContain('Start a tap within each concurrent test')
})

test('says so where the endpoint is none, to each test', async () => {
  const outcomes = await runVitest(`
    import { expect, test } from 'vitest'
    useTap({ upstream: () => 'nowhere' })
    test('one', () => {})
    test('two', () => {})
  `)
  expect([...outcomes.values()].map(({ message }) => message)).toEqual([
    expect.stringContaining('is not an http:// or https:// URL'),
    expect.stringContaining('is not an http:// or https:// URL'),
  ])
})
