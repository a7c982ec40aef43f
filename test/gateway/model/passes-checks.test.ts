import { type ChatCompletionRequest, type FixtureResponse, LLMock } from '@copilotkit/aimock'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { createOpenAICompatible as createNewest } from 'openai-compatible7'
import { expect, onTestFinished, test } from 'vitest'
import { UNHURRIED } from '../../../scripts/unhurried.ts'
import { check } from '../../../src/conformance/index.ts'
import { loadUpstream, startGateway } from '../../../src/gateway/node.ts'
import { mockFetch } from '../../../src/mocks/index.ts'
import { chat, type Dialect, responses } from '../../../src/protocol/index.ts'
import { startServer } from '../../../src/server/index.ts'

const STOP = 'behaviour/stop-sequence'

/**
 * Providers by their packages, before a server that speaks their protocols, and what that server does not
 * hand on to what answers: stop sequences, the choice of tools, and of Gemini the schemas of tools. That
 * these are asked for is for the tests of call options to say.
 */
const PROVIDERS = [
  ['anthropic', '/v1', ['behaviour/tool-choice-required', STOP]],
  [
    'google',
    '/v1beta',
    ['behaviour/tool-choice-required', 'tools/arguments-schema', 'tools/call-repeated', STOP],
  ],
  ['openai-responses', '/v1', [STOP]],
] as const

const mock = mockFetch()

/** Answers as the mock does, in the words of any provider. */
async function answer(request: ChatCompletionRequest): Promise<FixtureResponse> {
  const { stream: _, stream_options: __, ...rest } = request
  const response = await mock('http://localhost/v1/chat/completions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...inWordsOfChat(rest), messages: inOrder(request.messages) }),
  })
  const { error, choices, usage } = (await response.json()) as Completion
  if (error) return { error, status: response.status }
  const [{ message, finish_reason: finishReason }] = choices
  const used = { usage: { ...usage, input_tokens: usage.prompt_tokens } }
  const toolCalls = message.tool_calls?.map((call) => call.function) ?? []
  if (toolCalls.length > 0) return { ...used, toolCalls }
  return { ...used, content: message.content, finishReason }
}

interface Completion {
  readonly error?: { readonly message: string; readonly type: string }
  readonly choices: readonly [
    {
      readonly message: {
        readonly content: string
        readonly tool_calls?: readonly { function: { name: string; arguments: string } }[]
      }
      readonly finish_reason: string
    },
  ]
  readonly usage: { readonly prompt_tokens: number; readonly completion_tokens: number }
}

/** It hands on the choice of a tool as the Responses API has it. */
function inWordsOfChat({ tool_choice: choice, ...rest }: Partial<ChatCompletionRequest>) {
  const isFlat = typeof choice === 'object' && 'name' in choice
  const named = isFlat ? { type: 'function', function: { name: choice.name } } : choice
  return { ...rest, tool_choice: named }
}

/** It puts the words that stand behind the result of a tool, in the same turn, before it. */
function inOrder(messages: ChatCompletionRequest['messages']): ChatCompletionRequest['messages'] {
  const ordered = [...messages]
  for (let i = 1; i + 1 < ordered.length; i++) {
    const isWord = ordered[i]!.role === 'user' && ordered[i + 1]!.role === 'tool'
    if (isWord) [ordered[i], ordered[i + 1]] = [ordered[i + 1]!, ordered[i]!]
  }
  return ordered
}

async function failedThrough(
  choice: Awaited<ReturnType<typeof loadUpstream>>,
  dialect: Dialect = chat,
) {
  const gateway = await startGateway({
    models: { voice: [choice] },
    limits: { firstContentMs: 30_000 },
  })
  onTestFinished(() => gateway.close({ drainMs: 0 }))
  const report = await check({ url: gateway.url, dialect, limits: UNHURRIED, concurrency: 4 })
  expect(report.verdict).toBe('pass')
  return report.checks.filter(({ status }) => status === 'fail').map(({ id }) => id)
}

const IN_EACH = PROVIDERS.flatMap(([upstream, path, lost]) =>
  [chat, responses].map((dialect) => ({ upstream, path, lost, dialect, api: dialect.id })),
)

test.each(IN_EACH)('$upstream passes every check behind a gateway, asked in $api', async (each) => {
  const { upstream, path, dialect } = each
  // The Responses API has no stop sequences.
  const lost = each.lost.filter((id) => dialect === chat || id !== STOP)
  const server = new LLMock({ port: 0, host: '127.0.0.1', logLevel: 'silent' })
  server.on({ predicate: () => true }, answer)
  await server.start()
  onTestFinished(() => server.stop())
  const baseUrl = `${server.url}${path}`
  const failed = await failedThrough(
    await loadUpstream({ upstream, model: 'm', apiKey: 'sk-test', baseUrl }, {}),
    dialect,
  )
  expect(failed.toSorted((a, b) => a.localeCompare(b))).toEqual(
    lost.toSorted((a, b) => a.localeCompare(b)),
  )
})

test.each([
  ['V3', createOpenAICompatible],
  ['V4', createNewest],
])('what speaks chat completions, by a model of %s, passes every check', async (_, create) => {
  const server = await startServer()
  onTestFinished(() => server.close())
  const model = create({ name: 'mock', baseURL: server.url })('m')
  expect(await failedThrough(model)).toEqual([])
})
