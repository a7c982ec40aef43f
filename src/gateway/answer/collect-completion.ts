import { isJsonObject, type Json, type JsonObject } from '../../protocol/index.ts'

/** Joins chunks to the one completion that was asked for; they keep the contract. */
export function collectCompletion(chunks: readonly JsonObject[]): JsonObject {
  const choices = new Map<number, JsonObject>()
  let completion: JsonObject = {}
  let usage: Json | undefined
  for (const chunk of chunks) {
    const { choices: list, usage: told, ...rest } = chunk
    completion = { ...rest, ...completion }
    usage = told ?? usage
    for (const choice of list as JsonObject[]) {
      const index = choice['index'] as number
      choices.set(index, joined(choices.get(index), choice))
    }
  }
  return {
    ...completion,
    object: 'chat.completion',
    choices: [...choices.keys()].toSorted((a, b) => a - b).map((index) => choices.get(index)!),
    // It may be missing there, and not be null.
    ...(usage !== undefined && { usage }),
  }
}

function joined(before: JsonObject | undefined, choice: JsonObject): JsonObject {
  const { delta, index, finish_reason, logprobs, ...rest } = choice
  const message = (before?.['message'] ?? {
    role: 'assistant',
    content: null,
    refusal: null,
  }) as JsonObject
  return {
    ...before,
    ...rest,
    index: index ?? 0,
    message: withDelta(message, delta as JsonObject),
    logprobs: withLogprobs(before?.['logprobs'], logprobs),
    finish_reason: finish_reason ?? null,
  }
}

function withDelta(message: JsonObject, delta: JsonObject): JsonObject {
  const { role: _role, content, reasoning_content, tool_calls, ...rest } = delta
  const calls = ((tool_calls ?? []) as JsonObject[]).map(({ index: _index, ...call }) => call)
  return {
    ...message,
    ...rest,
    ...(content !== undefined && {
      content: `${(message['content'] as string | null) ?? ''}${content as string}`,
    }),
    ...(reasoning_content !== undefined && {
      reasoning_content: `${(message['reasoning_content'] as string | undefined) ?? ''}${reasoning_content as string}`,
    }),
    ...(calls.length > 0 && {
      tool_calls: [...((message['tool_calls'] ?? []) as Json[]), ...calls],
    }),
  }
}

function withLogprobs(before: Json | undefined, now: Json | undefined): Json {
  if (!isJsonObject(now)) return before ?? null
  if (!isJsonObject(before)) return now
  return Object.fromEntries(
    Object.entries(now).map(([key, value]) => {
      const known = before[key]
      return [
        key,
        Array.isArray(known) && Array.isArray(value)
          ? [...known, ...value]
          : (value ?? known ?? null),
      ]
    }),
  )
}
