import { createAmazonBedrock } from '@ai-sdk/amazon-bedrock'
import { createAnthropic } from '@ai-sdk/anthropic'
import { createGoogle } from '@ai-sdk/google'
import { createGroq } from '@ai-sdk/groq'
import { createMistral } from '@ai-sdk/mistral'
import { createOpenAI } from '@ai-sdk/openai'
import { describe, expect, test } from 'vitest'
import {
  loadUpstream,
  type UpstreamByName,
} from '../../../src/gateway/upstream/provider/load-upstream.ts'
import { providers } from '../../../src/gateway/upstream/provider/providers.ts'

const INSTALLED = {
  anthropic: createAnthropic,
  google: createGoogle,
  'amazon-bedrock': createAmazonBedrock,
  mistral: createMistral,
  groq: createGroq,
  'openai-responses': createOpenAI,
}

/** The language model that a name stands for. */
async function loadModel(asked: UpstreamByName, environment: Record<string, string>) {
  const choice = await loadUpstream(asked, environment)
  return 'languageModel' in choice ? choice.languageModel : choice
}

const KEYS: Record<string, string> = Object.fromEntries(
  Object.values(providers).flatMap(({ credentials }) =>
    credentials.flat().map((variable) => [variable, 'sk-test']),
  ),
)

describe('a server', () => {
  test('by its URL, which is given no key but the one named for it', async () => {
    expect(await loadUpstream({ upstream: 'http://127.0.0.1:8000/v1' }, KEYS)).toEqual({
      url: 'http://127.0.0.1:8000/v1',
    })
    expect(
      await loadUpstream({ upstream: 'http://127.0.0.1:8000/v1', model: 'm', apiKey: 'k' }, KEYS),
    ).toEqual({ url: 'http://127.0.0.1:8000/v1', model: 'm', apiKey: 'k' })
  })

  test('OpenAI, as it is or as the environment has it', async () => {
    const base = { name: 'openai', apiKey: 'sk-test' }
    expect(await loadUpstream({ upstream: 'openai', model: 'gpt-5-mini' }, KEYS)).toEqual({
      ...base,
      model: 'gpt-5-mini',
      url: 'https://api.openai.com/v1',
    })
    const elsewhere = { ...KEYS, OPENAI_BASE_URL: 'http://proxy/v1' }
    expect(await loadUpstream({ upstream: 'openai' }, elsewhere)).toEqual({
      ...base,
      url: 'http://proxy/v1',
    })
    expect(
      await loadUpstream({ upstream: 'openai', apiKey: 'k', baseUrl: 'http://mine/v1' }, elsewhere),
    ).toEqual({ ...base, apiKey: 'k', url: 'http://mine/v1' })
    await expect(loadUpstream({ upstream: 'openai' }, {})).rejects.toThrow('OPENAI_API_KEY')
  })
})

describe.each(Object.entries(INSTALLED))('%s', (upstream, create) => {
  test('is loaded by its name', async () => {
    const { constructor } = create({ apiKey: 'sk-test' }).languageModel('m')
    const model = await loadModel({ upstream, model: 'm' }, KEYS)
    expect(model).toBeInstanceOf(constructor)
    expect(model).toMatchObject({ specificationVersion: 'v4', modelId: 'm' })
  })

  test('needs a model, and a key', async () => {
    await expect(loadUpstream({ upstream }, KEYS)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('--model'),
    })
    const { credentials } = providers[upstream]!
    await expect(loadUpstream({ upstream, model: 'm' }, {})).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining(credentials[0]![0]),
    })
  })
})

test.each(['http://proxy.test', 'http://proxy.test/', 'http://proxy.test/v1'])(
  'Anthropic is found at %s, as its own SDK and the package are told of it',
  async (url) => {
    const environment = { ...KEYS, ANTHROPIC_BASE_URL: url }
    const model = await loadUpstream({ upstream: 'anthropic', model: 'm' }, environment)
    const baseURL = 'http://proxy.test/v1'
    expect(model).toMatchObject({ baseUrl: baseURL, languageModel: { config: { baseURL } } })
  },
)

test('a key of Gemini is known by the name that Google gives it', async () => {
  const environment = { GEMINI_API_KEY: 'sk-gemini', GOOGLE_GENERATIVE_AI_BASE_URL: 'http://g/v1' }
  const model = (await loadModel({ upstream: 'google', model: 'm' }, environment)) as never as {
    config: { baseURL: string; headers: () => object }
  }
  expect(model.config.baseURL).toBe('http://g/v1')
  expect(model.config.headers()).toMatchObject({ 'x-goog-api-key': 'sk-gemini' })
})

test('a provider is where its package would look for it', async () => {
  for (const [upstream, { url }] of Object.entries(providers)) {
    if (!Object.hasOwn(INSTALLED, upstream) || url === undefined) continue
    const model = await loadUpstream({ upstream, model: 'm' }, KEYS)
    expect(model).toHaveProperty('baseUrl', url)
    const { config } = (model as unknown as { languageModel: { config: Config } }).languageModel
    expect(config.baseURL ?? config.url?.({ path: '', modelId: 'm' }), upstream).toBe(url)
  }
})

/** As the packages keep it. */
interface Config {
  readonly baseURL?: string
  readonly url?: (asked: { path: string; modelId: string }) => string
}

test('credentials of AWS are whole, or none', async () => {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION } = KEYS
  const signing = { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY }
  const ask = (environment: Record<string, string | undefined>) =>
    loadUpstream({ upstream: 'amazon-bedrock', model: 'm' }, environment)
  await expect(ask(signing)).rejects.toThrow('AWS_REGION')
  expect(await ask({ ...signing, AWS_REGION })).toMatchObject({ modelId: 'm' })
})

test('a package that is not there is one command away', async () => {
  await expect(loadUpstream({ upstream: 'cohere', model: 'm' }, KEYS)).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    message: '@ai-sdk/cohere is not installed; `npm install @ai-sdk/cohere` brings it',
  })
})

test.each(['antropic', 'constructor', ''])('"%s" is no upstream', async (upstream) => {
  await expect(loadUpstream({ upstream, model: 'm' }, KEYS)).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    message: expect.stringContaining('openai, anthropic, google'),
  })
})
