import { expect, test } from 'vitest'
import { defineGateway } from '../../../src/gateway/configuration/define-gateway.ts'
import { resolveGateway } from '../../../src/gateway/configuration/resolve-gateway.ts'
import { whyUnfit } from '../../../src/gateway/configuration/why-unfit.ts'
import type { Upstream } from '../../../src/gateway/upstream/upstream.ts'
import { loadUpstream } from '../../../src/gateway/upstream/provider/load-upstream.ts'

const ofCode: Upstream = {
  name: 'mine',
  model: undefined,
  ask: () => Promise.reject(new Error('nobody asks')),
}

const environment = {
  OPENAI_API_KEY: 'sk-openai',
  MY_KEY: 'sk-mine',
  MY_TENANT: 'acme',
  CALLER: 'sk-caller',
  REDIS: 'redis://127.0.0.1:6379',
}

test('a configuration becomes the options of a gateway', async () => {
  const onExtraBody = () => undefined
  const config = defineGateway({
    models: {
      voice: [
        {
          upstream: 'http://10.0.0.7:8000/v1',
          model: 'm',
          apiKeyEnv: 'MY_KEY',
          headers: { 'x-team': 'voice' },
          headersEnv: { 'x-tenant': 'MY_TENANT' },
          name: 'vllm',
        },
        { upstream: 'openai', model: 'gpt-5-mini' },
      ],
      code: [ofCode],
    },
    keys: [{ name: 'eleven', keyEnv: 'CALLER', models: ['voice'] }],
    cache: { ttlSeconds: 60, pace: 'at-once' },
    redis: { urlEnv: 'REDIS', down: 'closed' },
    bufferWords: { afterMs: 900 },
    onExtraBody,
  })
  expect(whyUnfit(config)).toBeUndefined()
  const { keys, ...options } = await resolveGateway(
    { ...config, models: config.models! },
    { environment, loadUpstream },
  )
  expect(options).toEqual({
    models: {
      voice: [
        {
          url: 'http://10.0.0.7:8000/v1',
          model: 'm',
          apiKey: 'sk-mine',
          headers: { 'x-team': 'voice', 'x-tenant': 'acme' },
          name: 'vllm',
        },
        {
          url: 'https://api.openai.com/v1',
          model: 'gpt-5-mini',
          apiKey: 'sk-openai',
          name: 'openai',
        },
      ],
      code: [ofCode],
    },
    keyVariables: { vllm: 'MY_KEY', openai: 'OPENAI_API_KEY' },
    cache: { ttlMs: 60_000, pace: 'at-once' },
    redis: { url: 'redis://127.0.0.1:6379', down: 'closed' },
    bufferWords: { afterMs: 900 },
    onExtraBody,
  })
  expect(await keys!('sk-caller')).toEqual({ name: 'eleven', models: ['voice'] })
  expect(await keys!('CALLER')).toBeUndefined()
})

test('headers are for servers', async () => {
  const models = { voice: [{ upstream: 'mine', headers: { 'x-a': 'b' } }] }
  const resolved = resolveGateway(
    { models },
    { environment, loadUpstream: () => Promise.resolve(ofCode) },
  )
  await expect(resolved).rejects.toThrow(/^\/models\/voice\/0 "headers" and "name" are for servers/)
})

test.each([
  ['no object', [], 'it holds no object'],
  [
    'a list in place of lists',
    { models: { a: 'openai' } },
    /^\/models\/a must be array, and is a text/,
  ],
  ['nobody in a list', { models: { a: [null] } }, /^\/models\/a\/0 must be object, and is null/],
  ['a function elsewhere', { apology: () => 'Sorry.' }, /^\/apology must be string/],
  [
    'a key as the name of an option',
    { 'sk-secret-1234': 1 },
    /^it has no option of such a name: it/,
  ],
])('%s is no configuration', (_name, config, why) => {
  expect(whyUnfit(config)).toMatch(why)
})
