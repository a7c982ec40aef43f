import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { createOpenAICompatible as createOpenAICompatible7 } from 'openai-compatible7'
import { describe, expect, test } from 'vitest'
import type { LanguageModel } from '../../../src/gateway/upstream/model/language-model.ts'
import { modelUpstream } from '../../../src/gateway/upstream/model/model-upstream.ts'
import { CLIENT_SCENARIOS, WEATHER } from '../../support/client-scenarios.ts'
import { referenceServer } from '../../support/reference-server.ts'
import { faultOf, saidBy, saying } from '../../support/said-by.ts'

const PACKAGES = { v3: createOpenAICompatible, v4: createOpenAICompatible7 }

describe.each(Object.entries(PACKAGES))('a package of specification %s', (version, create) => {
  async function connect(options = {}) {
    const url = await referenceServer({ scenarios: CLIENT_SCENARIOS, strict: true, ...options })
    const provider = create({ name: 'mock', baseURL: url, apiKey: 'k', includeUsage: true })
    const model = provider('m') as LanguageModel
    expect(model.specificationVersion).toBe(version)
    return modelUpstream(model)
  }

  test('says a text, with usage', async () => {
    const said = await saidBy(await connect(), saying('hello'))
    expect(said).toMatchObject({
      error: undefined,
      text: 'Hello there, caller. 👋🏽',
      finishReasons: ['stop'],
      usage: { total_tokens: expect.any(Number) },
    })
  })

  test('calls a tool', async () => {
    const tools = [{ type: 'function', function: WEATHER }]
    const said = await saidBy(await connect(), saying('weather', { tools }))
    expect(said.error).toBeUndefined()
    expect(said.calls).toMatchObject([{ name: WEATHER.name }])
    expect(JSON.parse(said.calls[0]!.input)).toHaveProperty('city')
    expect(said.finishReasons).toEqual(['tool_calls'])
  })

  test('refuses a wrong key', async () => {
    const said = await saidBy(await connect({ apiKey: 'another' }), saying('hello'))
    expect(faultOf(said.error)).toMatchObject({ fault: 'unauthorized', status: 401 })
  })
})
