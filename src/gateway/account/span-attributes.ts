import type { Attributes } from '@opentelemetry/api'
import { providerName } from './provider-name.ts'
import type { TextRedactor } from './text-redactor.ts'
import type { TurnRecord } from './turn-record.ts'

/** Who answers where no upstream did: from the cache, or with a refusal. */
const GATEWAY = 'soundcheck'

/** What both spans and metrics say of a turn. */
export function commonAttributes(record: TurnRecord): Attributes {
  const upstream = record.upstream ?? record.attempts.at(-1)?.upstream
  return {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': upstream === undefined ? GATEWAY : providerName(upstream),
    ...(record.model !== null && { 'gen_ai.request.model': record.model }),
  }
}

/** What a span says of a turn; of texts, nothing. */
export function spanAttributes(record: TurnRecord, redactor: TextRedactor): Attributes {
  const { conversation, finishReason, parameters, upstream, usage } = record
  const model = record.attempts.findLast((attempt) => attempt.upstream === upstream)?.model
  return {
    ...commonAttributes(record),
    'error.type': errorOf(record),
    'gen_ai.conversation.id': conversation === null ? undefined : redactor.name(conversation),
    'gen_ai.request.stream': record.isStreamed,
    'gen_ai.request.max_tokens': parameters?.maxTokens,
    'gen_ai.request.temperature': parameters?.temperature,
    'gen_ai.request.top_p': parameters?.topP,
    'gen_ai.request.seed': parameters?.seed,
    'gen_ai.request.stop_sequences': parameters?.stop?.map(redactor.content),
    'gen_ai.request.choice.count': parameters?.choices,
    'gen_ai.response.model': model === undefined ? undefined : redactor.name(model),
    'gen_ai.response.finish_reasons':
      finishReason === null ? undefined : [redactor.foreign(finishReason)],
    'gen_ai.response.time_to_first_chunk': firstChunkSeconds(record),
    'gen_ai.usage.input_tokens': usage?.input,
    'gen_ai.usage.output_tokens': usage?.output,
    'gen_ai.usage.cache_read.input_tokens': usage?.cached,
    'gen_ai.usage.reasoning.output_tokens': usage?.reasoning,
    'soundcheck.gateway.request.id': redactor.name(record.id),
    'soundcheck.gateway.outcome': record.outcome,
    'soundcheck.gateway.attempts': record.attempts.length,
  }
}

/** What was asked and said. */
export function conversationAttributes(
  { content: { asked, said }, finishReason }: TurnRecord,
  redactor: TextRedactor,
): Attributes {
  const message = (role: string, content: string) => ({
    role,
    parts: [{ type: 'text', content: redactor.content(content) }],
  })
  const answer = {
    ...message('assistant', said),
    finish_reason: redactor.foreign(finishReason ?? ''),
  }
  return {
    'gen_ai.input.messages': JSON.stringify([message('user', asked)]),
    'gen_ai.output.messages': JSON.stringify([answer]),
  }
}

/** Only what is streamed has a first chunk. */
export function firstChunkSeconds({ isStreamed, firstContentMs }: TurnRecord): number | undefined {
  return isStreamed && firstContentMs !== null ? firstContentMs / 1000 : undefined
}

/** Why a turn was none that was asked for; a caller who leaves is no error. */
export function errorOf({ outcome, attempts, status }: TurnRecord): string | undefined {
  if (outcome === 'refused') return String(status)
  if (outcome !== 'failed' && outcome !== 'apologized') return undefined
  return attempts.at(-1)?.fault ?? String(status)
}
