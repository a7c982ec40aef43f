import type { ChatRequest } from '../../chat-request.ts'
import type { FinishReason } from '../../answer.ts'
import type { Json, JsonObject } from '../../json/json.ts'
import type { Usage } from '../../usage.ts'
import { formatOf } from '../request/make-request.ts'
import { flat } from '../request/tool-forms.ts'
import type { Identity } from './identity.ts'

export type ResponseStatus = 'in_progress' | 'completed' | 'incomplete' | 'failed'

/** What of a response changes while it is made. */
export interface Progress {
  readonly status: ResponseStatus
  readonly output?: readonly JsonObject[]
  readonly usage?: Usage
  readonly incomplete?: string
  readonly error?: { readonly code: string; readonly message: string }
}

/** Why an answer that ends for such a reason is incomplete; `undefined` for one that is whole. */
export function whyIncomplete(reason: FinishReason | (string & {})): string | undefined {
  if (reason === 'length') return 'max_output_tokens'
  return reason === 'content_filter' ? reason : undefined
}

/**
 * A response as OpenAI has it, with all that was asked.
 *
 * @see https://platform.openai.com/docs/api-reference/responses/object
 */
export function responseObject(
  request: ChatRequest,
  { responseId, createdAt }: Pick<Identity, 'responseId' | 'createdAt'>,
  { status, output = [], usage, incomplete, error }: Progress,
): JsonObject {
  const asked = request as unknown as JsonObject
  const { instructions, tools, response_format: format, reasoning_effort: effort } = asked
  return {
    id: responseId,
    object: 'response',
    created_at: createdAt,
    status,
    background: asked['background'] ?? false,
    error: error ?? null,
    incomplete_details: incomplete === undefined ? null : { reason: incomplete },
    instructions: instructions ?? null,
    max_output_tokens: asked['max_completion_tokens'] ?? null,
    model: request.model,
    output: output as JsonObject[],
    parallel_tool_calls: asked['parallel_tool_calls'] ?? true,
    previous_response_id: asked['previous_response_id'] ?? null,
    reasoning: { effort: effort ?? null, summary: null },
    service_tier: 'default',
    store: asked['store'] ?? true,
    temperature: asked['temperature'] ?? 1,
    text: { format: format === undefined ? { type: 'text' } : formatOf(format) },
    tool_choice: flat(asked['tool_choice'] ?? 'auto'),
    tools: Array.isArray(tools) ? tools.map(flat) : [],
    top_p: asked['top_p'] ?? 1,
    truncation: 'disabled',
    usage: usage === undefined ? null : usageObject(usage),
    user: asked['user'] ?? null,
    metadata: asked['metadata'] ?? {},
  } satisfies Record<string, Json>
}

function usageObject({
  prompt_tokens,
  completion_tokens,
  total_tokens,
  prompt_tokens_details: input,
  completion_tokens_details: output,
}: Usage): JsonObject {
  return {
    input_tokens: prompt_tokens,
    input_tokens_details: { cached_tokens: input?.cached_tokens ?? 0 },
    output_tokens: completion_tokens,
    output_tokens_details: { reasoning_tokens: output?.reasoning_tokens ?? 0 },
    total_tokens,
  }
}
