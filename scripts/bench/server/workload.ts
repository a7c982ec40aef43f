import { agentRequest, PROMPT } from '../agent-request.ts'
import { requestBytes } from '../connection.ts'

// What every server is asked for, and what it answers: 64 tokens of five characters.
export const TOKENS = 64
export const TEXT = Array.from({ length: TOKENS }, () => 'word').join(' ')
export const PACE = { ttft: 200, tokensPerSecond: 50 }
export const GAP_MS = 1_000 / PACE.tokensPerSecond

export const RESPONSES_PATH = '/v1/responses'

/** A request of an agent. */
export function requestTo(user = 'Say it.'): Buffer {
  return agentRequest(user)
}

/** The same request in the Responses API. */
export function responsesRequestTo(user = 'Say it.'): Buffer {
  const body = {
    model: 'custom-model',
    stream: true,
    temperature: 0,
    instructions: PROMPT,
    input: [{ role: 'user', content: user }],
  }
  return requestBytes(JSON.stringify(body), {}, RESPONSES_PATH)
}

/** The events of an answer, as OpenAI writes them. */
export function events(): string[] {
  const chunk = (delta: object, finish_reason: string | null = null) =>
    `data: ${JSON.stringify({
      id: 'chatcmpl-00000000000',
      created: 1_767_225_600,
      model: 'custom-model',
      system_fingerprint: 'fp_0000000000',
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta, finish_reason }],
    })}\n\n`
  const pieces = TEXT.match(/ ?\w+/g)!
  return [
    chunk({ role: 'assistant', content: '' }),
    ...pieces.map((content) => chunk({ content })),
    chunk({}, 'stop'),
    'data: [DONE]\n\n',
  ]
}

/** The same in the Responses API. */
export function responsesEvents(): string[] {
  const response = (status: string, output: readonly object[], usage: object | null) => ({
    id: 'resp_00000000000',
    object: 'response',
    created_at: 1_767_225_600,
    status,
    background: false,
    error: null,
    incomplete_details: null,
    instructions: PROMPT,
    max_output_tokens: null,
    model: 'custom-model',
    output,
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: { effort: null, summary: null },
    service_tier: 'default',
    store: true,
    temperature: 0,
    text: { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: [],
    top_p: 1,
    truncation: 'disabled',
    usage,
    user: null,
    metadata: {},
  })
  const place = { item_id: 'msg_00000000000', output_index: 0 }
  const spot = { ...place, content_index: 0 }
  const part = (text: string) => ({ type: 'output_text', text, annotations: [], logprobs: [] })
  const message = (status: string, content: readonly object[]) => ({
    id: place.item_id,
    type: 'message',
    status,
    role: 'assistant',
    content,
  })
  const whole = message('completed', [part(TEXT)])
  const usage = {
    input_tokens: 230,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: TOKENS,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 230 + TOKENS,
  }
  const begun = { response: response('in_progress', [], null) }
  const said: readonly (readonly [string, object])[] = [
    ['response.created', begun],
    ['response.in_progress', begun],
    ['response.output_item.added', { output_index: 0, item: message('in_progress', []) }],
    ['response.content_part.added', { ...spot, part: part('') }],
    ...TEXT.match(/ ?\w+/g)!.map(
      (delta) => ['response.output_text.delta', { ...spot, delta, logprobs: [] }] as const,
    ),
    ['response.output_text.done', { ...spot, text: TEXT, logprobs: [] }],
    ['response.content_part.done', { ...spot, part: part(TEXT) }],
    ['response.output_item.done', { output_index: 0, item: whole }],
    ['response.completed', { response: response('completed', [whole], usage) }],
  ]
  return said.map(
    ([type, rest], sequence_number) =>
      `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number, ...rest })}\n\n`,
  )
}
