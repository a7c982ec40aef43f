import { isJsonObject, type Json, type JsonObject } from '../../../protocol/index.ts'

/** Something in a request that some endpoints refuse. */
export interface RequestFeature {
  /** As messages name it. */
  readonly name: string
  /** As they name it where it is called otherwise in a dialect, by its id. */
  readonly nameIn?: Readonly<Record<string, string>>
  /** Which tools have it, where it is part of what a request has in `tools`. */
  readonly toolsWith?: (request: JsonObject) => string[]
  /** Whether the platform depends on it. An endpoint may refuse the others, as long as it says so. */
  readonly needed: boolean
  readonly isIn: (request: JsonObject) => boolean
  /** The same request without it. */
  readonly removeFrom: (request: JsonObject) => JsonObject
}

/** A member of the request that has some value. */
export function member(name: string): RequestFeature {
  return {
    name: `\`${name}\``,
    needed: true,
    isIn: (request) => (request[name] ?? null) !== null,
    removeFrom: without(name),
  }
}

export function without(...names: string[]): RequestFeature['removeFrom'] {
  return (request) =>
    Object.fromEntries(Object.entries(request).filter(([name]) => !names.includes(name)))
}

/** The limit of tokens, by either of its names. */
export function limitOf({
  max_tokens: limit,
  max_completion_tokens: other,
}: JsonObject): Json | undefined {
  return limit ?? other
}

export function messagesOf({ messages }: JsonObject): JsonObject[] {
  return Array.isArray(messages) ? messages.filter(isJsonObject) : []
}

export function editMessages(
  edit: (message: JsonObject) => JsonObject,
): RequestFeature['removeFrom'] {
  return (request) => ({ ...request, messages: messagesOf(request).map(edit) })
}

export function appendUser(content: string): RequestFeature['removeFrom'] {
  return (request) => ({
    ...request,
    messages: [...messagesOf(request), { role: 'user', content }],
  })
}

/** Content as one text. */
export function joined(content: Json | undefined): string {
  if (typeof content === 'string') return content
  const parts = Array.isArray(content) ? content.filter(isJsonObject) : []
  return parts.map(({ text }) => (typeof text === 'string' ? text : '')).join('')
}
