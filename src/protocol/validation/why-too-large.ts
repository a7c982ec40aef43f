import { type ChatRequest, messageText } from '../chat-request.ts'
import type { ApiError } from '../error-reply.ts'
import { firstOf } from './first-of.ts'
import { offersOf } from '../offers.ts'
import type { StandIn } from '../stand-in.ts'

/** More than any request of a platform has, and little enough to be answered without delaying others. */
const MOST = {
  messages: 2_048,
  tools: 1_024,
  stop: 64,
  /** Characters of a message: twice the longest system prompt that ElevenLabs takes. */
  content: 4_194_304,
  /** Characters of names, which answers repeat in each of their chunks. */
  name: 512,
  toolName: 512,
}

/** @see https://platform.openai.com/docs/api-reference/chat/create */
const MOST_OF = { openai: { ...MOST, tools: 128, stop: 4, toolName: 64 } }

/** Says, as OpenAI does, what a valid request has too much of. */
export function whyTooLarge(request: ChatRequest, as?: StandIn): ApiError | undefined {
  const { messages, tools, functions, stop, model } = request
  const most = as ? MOST_OF[as] : MOST
  return (
    tooMany('messages', messages, most.messages) ??
    tooMany('tools', tools ?? [], most.tools) ??
    tooMany('functions', functions ?? [], most.tools) ??
    tooMany('stop', Array.isArray(stop) ? stop : [], most.stop) ??
    tooLong('model', model, most.name) ??
    firstOf(messages, (message, i) =>
      tooLong(`messages[${i}].content`, messageText(message), most.content),
    ) ??
    firstOf(offersOf(request), ({ name, at }) => tooLong(`${at}.name`, name, most.toolName))
  )
}

function tooMany(param: string, { length }: readonly unknown[], most: number) {
  return length > most ? excess('an array', { param, length, most }) : undefined
}

function tooLong(param: string, { length }: string, most: number) {
  return length > most ? excess('a string', { param, length, most }) : undefined
}

interface Excess {
  readonly param: string
  readonly length: number
  readonly most: number
}

function excess(kind: 'an array' | 'a string', { param, length, most }: Excess): ApiError {
  const [, noun = ''] = kind.split(' ')
  return {
    status: 400,
    message: `Invalid '${param}': ${noun} too long. Expected ${kind} with maximum length ${most}, but got ${kind} with length ${length} instead.`,
    param,
    code: `${noun}_above_max_length`,
  }
}
