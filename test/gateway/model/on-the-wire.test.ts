import { createAmazonBedrock } from '@ai-sdk/amazon-bedrock'
import { createAnthropic } from '@ai-sdk/anthropic'
import { createGoogle } from '@ai-sdk/google'
import { createGroq } from '@ai-sdk/groq'
import { createMistral } from '@ai-sdk/mistral'
import { createOpenAI } from '@ai-sdk/openai'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { modelUpstream } from '../../../src/gateway/upstream/model/model-upstream.ts'
import { conversations, wordsIn } from '../../support/conversations.ts'
import { saidBy, saying } from '../../support/said-by.ts'

type Settings = { apiKey: string; baseURL: string; fetch: typeof fetch }

interface Part {
  readonly [member: string]: unknown
}

interface Message extends Part {
  readonly role: string
}

const TOOLS = ['look', 'find'].map((name) => ({ type: 'function', function: { name } }))

/** Ids of calls, and of results, in the order in which they stand in a message. */
function pairs(
  messages: readonly Message[],
  called: (part: Part) => unknown,
  found: typeof called,
) {
  const idsOf = (message: Message | undefined, idOf: typeof called) =>
    ((message?.content ?? []) as Part[]).map(idOf).filter((id) => id !== undefined)
  return messages.map((message, i) => [idsOf(message, called), idsOf(messages[i + 1], found)])
}

function expectTurns(roles: readonly string[]): void {
  expect(roles[0]).toBe('user')
  expect(roles.at(-1)).toBe('user')
  for (const [i, role] of roles.entries()) expect(role).not.toBe(roles[i + 1])
}

/** Calls of chat completions are followed by their results, and by nothing else. */
function expectResults(messages: readonly Message[]): void {
  for (const [i, { role, tool_calls: calls }] of messages.entries()) {
    const ids = ((calls ?? []) as { id: string }[]).map(({ id }) => id)
    const next = messages.slice(i + 1, i + 1 + ids.length)
    expect(next.map(({ tool_call_id: id }) => id)).toEqual(ids)
    if (role === 'tool') expect(['tool', 'assistant']).toContain(messages[i - 1]!.role)
  }
  expect(['user', 'tool']).toContain(messages.at(-1)!.role)
}

const PROVIDERS: Record<
  string,
  { create: (settings: Settings) => unknown; expectAcceptable: (body: Part) => void }
> = {
  anthropic: {
    create: (settings) => createAnthropic(settings)('claude-haiku-4-5'),
    expectAcceptable({ messages }) {
      expectTurns((messages as Message[]).map(({ role }) => role))
      for (const [called, found] of pairs(
        messages as Message[],
        (part) => part.id,
        (part) => part.tool_use_id,
      )) {
        expect(found).toEqual(called)
      }
    },
  },
  'amazon-bedrock': {
    create: (settings) => createAmazonBedrock(settings)('amazon.nova-lite-v1:0'),
    expectAcceptable({ messages }) {
      expectTurns((messages as Message[]).map(({ role }) => role))
      for (const [called, found] of pairs(
        messages as Message[],
        (part) => (part.toolUse as Part | undefined)?.toolUseId,
        (part) => (part.toolResult as Part | undefined)?.toolUseId,
      )) {
        expect(found).toEqual(called)
      }
    },
  },
  google: {
    create: (settings) => createGoogle(settings)('gemini-2.5-flash'),
    expectAcceptable({ contents }) {
      const turns = contents as { role: string; parts: Part[] }[]
      expect(turns[0]!.role).toBe('user')
      expect(turns.at(-1)!.role).toBe('user')
      for (const [i, { parts }] of turns.entries()) {
        const calls = parts.filter((part) => part.functionCall)
        const results = turns[i + 1]?.parts.filter((part) => part.functionResponse) ?? []
        expect(results).toHaveLength(calls.length)
      }
    },
  },
  mistral: {
    create: (settings) => createMistral(settings)('mistral-small-latest'),
    expectAcceptable({ messages }) {
      expectResults(messages as Message[])
      const roles = (messages as Message[]).map(({ role }) => role)
      for (const [i, role] of roles.entries()) {
        if (role === 'user') expect(['system', 'assistant', undefined]).toContain(roles[i - 1])
      }
      for (const [id] of JSON.stringify(messages).matchAll(/(?<="tool_call_id":")[^"]*/g)) {
        expect(id).toMatch(/^[a-zA-Z0-9]{9}$/)
      }
    },
  },
  groq: {
    create: (settings) => createGroq(settings)('llama-3.3-70b-versatile'),
    expectAcceptable: ({ messages }) => expectResults(messages as Message[]),
  },
  'openai-responses': {
    create: (settings) => createOpenAI(settings)('gpt-5-mini'),
    expectAcceptable({ input }) {
      const idsOf = (type: string) =>
        (input as Part[]).filter((item) => item.type === type).map((item) => item.call_id)
      expect(idsOf('function_call_output')).toEqual(idsOf('function_call'))
    },
  },
}

describe.each(Object.entries(PROVIDERS))('%s', (_, { create, expectAcceptable }) => {
  test.each([
    ['with tools', { tools: TOOLS }],
    ['without tools', {}],
  ])('is asked whatever was said, %s', async (__, offered) => {
    let body: string | undefined
    const model = create({
      apiKey: 'sk-test',
      baseURL: 'http://mock.test/v1',
      fetch: async (___, init) => {
        body = init!.body as string
        return new Response('{}', { status: 500 })
      },
    })
    const upstream = modelUpstream(model as Parameters<typeof modelUpstream>[0])
    await fc.assert(
      fc.asyncProperty(conversations, async (messages) => {
        body = undefined
        const { error } = await saidBy(upstream, saying('', { messages, ...offered }))
        expect(error).toMatchObject({ fault: 'failed', status: 500 })
        for (const word of wordsIn(messages)) expect(body).toContain(word)
        expectAcceptable(JSON.parse(body!) as Part)
      }),
      { numRuns: 150 },
    )
  })
})
