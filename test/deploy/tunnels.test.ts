import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { GATEWAY_HOST, GATEWAY_PORT } from '../../src/cli/options/gateway-options.ts'

const read = (path: string) =>
  parse(readFileSync(new URL(`../../deploy/${path}`, import.meta.url), 'utf8'))
const GATEWAY = `http://${GATEWAY_HOST}:${GATEWAY_PORT}`

test('ngrok leads to where a gateway listens, and changes nothing on the way', () => {
  const { version, endpoints } = read('ngrok/ngrok.yml')
  expect(version).toBe(3)
  expect(endpoints).toHaveLength(1)
  expect(endpoints[0].url).toMatch(/^https:\/\//)
  expect(endpoints[0].upstream).toEqual({ url: GATEWAY })
  // It would compress what is streamed.
  expect(endpoints[0]).not.toHaveProperty('traffic_policy')
})

describe('cloudflared', () => {
  const { tunnel, ingress } = read('cloudflared/config.yml')

  test('leads to where a gateway listens', () => {
    expect(ingress[0]).toEqual({ hostname: expect.any(String), service: GATEWAY })
  })

  // A quick tunnel, which has no name, streams no events.
  test('is a named tunnel', () => {
    expect(tunnel).toEqual(expect.any(String))
  })

  test('has a last rule for all, as it must', () => {
    expect(ingress.at(-1)).toEqual({ service: 'http_status:404' })
  })
})
