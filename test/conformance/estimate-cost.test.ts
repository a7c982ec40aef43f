import { describe, expect, test } from 'vitest'
import { check, type CostEstimate, type Exchange } from '../../src/conformance/index.ts'
import { isJsonObject, type JsonObject, parseJson } from '../../src/protocol/index.ts'
import { referenceServer } from '../support/reference-server.ts'

/** What a run was said to cost, and what it then sent. */
async function compared(options: object): Promise<{ cost: CostEstimate; bodies: JsonObject[] }> {
  let cost: CostEstimate | undefined
  const exchanges: Exchange[] = []
  const url = await referenceServer()
  await check({
    url,
    ...options,
    onEstimate: (estimate) => {
      expect(exchanges).toEqual([])
      cost = estimate
    },
    onExchange: (exchange) => exchanges.push(exchange),
  })
  const bodies = exchanges.map(({ request }) => parseJson(request.body ?? '')).filter(isJsonObject)
  return { cost: cost!, bodies }
}

describe('the estimate, which comes before the first request', () => {
  test.each([[{}], [{ quick: true }], [{ profile: 'vapi' }]])(
    'is close for %j',
    async (options) => {
      const { cost, bodies } = await compared(options)
      const characters = bodies.reduce((sum, body) => sum + JSON.stringify(body).length, 0)
      expect(cost.promptTokens).toBeGreaterThan((0.9 * characters) / 4)
      expect(cost.promptTokens).toBeLessThan((1.1 * characters) / 4)
    },
  )

  test('bounds the replies, and counts those it cannot bound', async () => {
    const request = { model: 'm', stream: true, messages: [{ role: 'user', content: 'Hi' }] }
    const replay = [
      { name: 'a', request: { ...request, max_tokens: 50 } },
      { name: 'b', request: { ...request, max_tokens: 7, max_completion_tokens: 20, n: 2 } },
      { name: 'c', request: { ...request, max_tokens: -1 } },
      { name: 'd', request, expect: { tool: null } },
    ]
    const { cost } = await compared({ replay, only: ['replay/expected'] })
    expect(cost).toMatchObject({ requests: 4, replyTokens: 90, unlimited: 2 })
  })
})
