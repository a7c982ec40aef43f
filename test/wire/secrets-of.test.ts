import { expect, test } from 'vitest'
import { secretsOf } from '../../src/wire/index.ts'

const KEY = 'sk-proj-Ab3Zx9QwErTy7uIoP1mN'
const inUrl = (givenUrl: string) => secretsOf({ givenUrl, apiKey: undefined, headers: [] })
const inHeader = (name: string, value: string) =>
  secretsOf({ givenUrl: '', apiKey: undefined, headers: [[name, value]] })

test.each(['accesskey', 'pwd', 'masterkey', 'subscriptionkey', 'api_key[]', 'api%5Fkey', 'key'])(
  'a member of the query is a secret by its name: %s',
  (name) => {
    expect(inUrl(`http://h/v1?a=b&${name}=x7Gh2`)).toEqual(['x7Gh2'])
  },
)

test.each([
  `http://h/v1?k=${KEY}`,
  `http://h/v1?${KEY}`,
  `http://h/${KEY}/v1`,
  `http://h/v1/${KEY}#x`,
])('a part of a URL is a secret by its look: %s', (url) => {
  expect(inUrl(url)).toEqual([KEY])
})

test.each([
  'http://h/v1?model=gpt-4o-mini-2024-07-18&api-version=2024-10-01-preview',
  'https://my-resource1.openai.azure.com:8443/openai/deployments/gpt-4o/v1',
  'http://h/agents/7d3f0b52-9a1c-4a43-b61d-2f0d1c8f3a10/v1',
])('no part of a usual URL is a secret: %s', (url) => {
  expect(inUrl(url)).toEqual([])
})

test.each([
  ['x-tenant', 'tnt-5Hq8Zx2Lk9Vm4Rc7'],
  ['x-origin', 'abc7/dEf+1q2w3:e4r5=='],
  ['x-model', KEY],
])('a header is a secret by its look: %s: %s', (name, value) => {
  expect(inHeader(name, value)).toEqual([value])
})

test.each([
  ['x-model', 'gpt-4o-mini-2024-07-18'],
  ['x-variant', 'gpt-4o-mini-2024-07-18'],
  ['api-version', '2024-10-01-preview'],
  ['x-request-id', '7d3f0b52-9a1c-4a43-b61d-2f0d1c8f3a10'],
  ['user-agent', 'PostmanRuntime/7.36.0'],
  ['host', 'a8f3k2l1x9.ngrok-free.app'],
  ['traceparent', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'],
  ['http-referer', 'https://app1.example.com:8443/v1'],
])('a header of words and versions is none: %s: %s', (name, value) => {
  expect(inHeader(name, value)).toEqual([])
})

test.each([
  `http://h/v1?a=1;key=x7Gh2`,
  `http://h/v1?key=x7Gh2;a=1`,
  `http://h/v1/chat;key=x7Gh2`,
  `http://h/v1#key=x7Gh2`,
  `http://ava:x7Gh2@h/v1`,
])('a secret may stand anywhere in a URL: %s', (url) => {
  expect(inUrl(url)).toContain('x7Gh2')
})

test.each(['2024-05-06T10:00:00Z', '2024-05-06T10:00:00.123Z'])(
  'a moment is none: %s',
  (moment) => {
    expect(inHeader('x-sent', moment)).toEqual([])
  },
)

test('an author is none', () => {
  expect(inHeader('x-author', 'Ava the Writer')).toEqual([])
})
