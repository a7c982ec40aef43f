import {
  type ChatMessage,
  type ChatRequest,
  conversationOf,
  dialectAt,
  dialects,
  fingerprint,
  isChatRequest,
  isInstruction,
  isJsonObject,
  isResult,
  type Json,
  type JsonObject,
  messageText,
  parseJson,
} from '../../protocol/index.ts'
import { headerValue, type HttpRequest, pathOf } from '../../wire/index.ts'
import { beginningOf } from './beginning-of.ts'

/** How far a history goes, and what it says: two are the same where both are equal. */
export interface Reach {
  readonly messages: number
  readonly print: number
}

/** What the last message of a request is about. */
export type Occasion = 'opening' | 'turn' | 'silence' | 'tool-continuation'

/** What a request for an answer asks, as far as it tells which others belong to it. */
export interface Asked {
  /** Who asks whom: the endpoint, and the key. */
  readonly asker: number
  /** As the platform names it. */
  readonly conversation: string | undefined
  /** Which answer it goes on from, where it names one and does not tell what was said before. */
  readonly follows: string | undefined
  /** Of the whole body: that of the same request is the same. */
  readonly body: number
  readonly occasion: Occasion
  /** The last word of the caller, where nothing follows it. */
  readonly said: string | undefined
  /** All that was said, instructions aside, and the same without the last word of the caller. */
  readonly whole: Reach
  readonly before: Reach
  /** Whether the caller had spoken before the last word. */
  readonly isUnderWay: boolean
}

/** A request with what only the next one needs to know of it. */
export interface AskedNow {
  readonly asked: Asked
  /** Whether its history begins with that of another request. */
  readonly beginsWith: (reach: Reach) => boolean
  /** What the assistant is told to have answered in words when a history went so far. */
  readonly answerAfter: (reach: Reach) => string | undefined
}

/** Platforms send these for a caller who says nothing. */
const SILENCE = /^\s*(?:\.{3,}|…)\s*$/
const HEADERS = ['x-conversation-id', 'x-call-id', 'x-session-id', 'x-call-sid']
/** As much is kept of what was said. */
const LONGEST_WORD = 2_000

/** Reads what a request asks; `undefined` for one that asks for no answer. */
export function readAsked({ method, url, headers, body }: HttpRequest): AskedNow | undefined {
  const dialect = dialectAt(pathOf(url), dialects)
  if (method !== 'POST' || body === null || !dialect) return undefined
  const json = parseJson(body)
  if (!isJsonObject(json)) return undefined
  const inChatWords = dialect.inChatWords(json)
  if (!isChatRequest(inChatWords)) return undefined
  const request = inChatWords as unknown as ChatRequest

  const spoken = request.messages.filter((message) => !isInstruction(message))
  const follows = namedIn(json['previous_response_id'])
  const prints = printsOf(spoken, follows)
  const reach = (messages: number): Reach => ({ messages, print: prints[messages]! })
  const last = spoken.at(-1)
  const lengthBefore = last?.role === 'user' ? spoken.length - 1 : spoken.length
  return {
    asked: {
      asker: fingerprint(url.replace(dialect.path, ''), headerValue(headers, 'authorization')),
      conversation: conversationOf(request, sentAlong(inChatWords), headers, HEADERS),
      follows,
      body: fingerprint(body),
      occasion: occasionOf(last, spoken),
      said: last?.role === 'user' ? beginningOf(messageText(last), LONGEST_WORD) : undefined,
      whole: reach(spoken.length),
      before: reach(lengthBefore),
      isUnderWay: follows !== undefined || spoken.slice(0, lengthBefore).some(isCaller),
    },
    beginsWith: ({ messages, print }) => prints[messages] === print,
    answerAfter: ({ messages }) => {
      const next = spoken[messages]
      const isText = next?.role === 'assistant' && !next.tool_calls?.length
      return isText ? messageText(next) : undefined
    },
  }
}

/** Of each beginning of a history, from the one that tells nothing yet. */
function printsOf(messages: readonly ChatMessage[], follows: string | undefined): number[] {
  let print = follows === undefined ? 0 : fingerprint(follows)
  return [
    print,
    ...messages.map((message) => {
      const { role, tool_calls: calls, tool_call_id: id } = message
      return (print = fingerprint(print, role, messageText(message).trim(), calls, id))
    }),
  ]
}

function occasionOf(last: ChatMessage | undefined, spoken: readonly ChatMessage[]): Occasion {
  if (last && isResult(last)) return 'tool-continuation'
  if (last && isCaller(last)) return SILENCE.test(messageText(last)) ? 'silence' : 'turn'
  return spoken.some(isCaller) ? 'turn' : 'opening'
}

function namedIn(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function isCaller({ role }: ChatMessage): boolean {
  return role === 'user'
}

/** Vapi names the call in an object of its own, the Responses API the conversation. */
function sentAlong(request: JsonObject): JsonObject {
  const { elevenlabs_extra_body: extraBody, call, conversation } = request
  return {
    ...request,
    ...(isJsonObject(call) && { call_id: call['id'] ?? null }),
    ...(conversation !== undefined && {
      conversation_id: isJsonObject(conversation) ? (conversation['id'] ?? null) : conversation,
    }),
    ...(isJsonObject(extraBody) && extraBody),
  }
}
