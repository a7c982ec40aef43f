import { clip } from '../../../wire/index.ts'
import type { ChatRequest } from '../../chat-request.ts'
import type { ApiError } from '../../error-reply.ts'
import { isJsonObject, type Json, type JsonObject } from '../../json/json.ts'
import { violationsBy } from '../../json/violation.ts'
import { validate as validateChat } from '../../chat/validation/precompiled-request.ts'
import type { RequestRead } from '../../dialect.ts'
import type { Recall } from '../../kept.ts'
import { parseRequest } from '../../validation/parse-request.ts'
import { whyInvalid } from '../../validation/why-invalid.ts'
import { whyTooLarge } from '../../validation/why-too-large.ts'
import { whyUncallable } from '../../validation/why-uncallable.ts'
import type { StandIn } from '../../stand-in.ts'
import { inChatWords } from './in-chat-words.ts'
import { validate } from './precompiled-request.ts'
import { whyForeign } from './why-foreign.ts'
import { whyMoved } from './why-moved.ts'
import { whyTooSmall } from './why-too-small.ts'
import { whyUnmatched } from './why-unmatched.ts'

// Compiles it: the first caller should not wait longer than the others.
validate(null)

/** Characters of an id that are repeated. */
const MAX_ID = 128

/** Types of items that are told. */
const MAX_TYPES = 5

/** What the mock itself can carry out. */
const CALLABLE: readonly unknown[] = ['function', 'custom']

/**
 * Reads the body of a request of the Responses API into the words of chat completions, with what was
 * said before where it names a response; or says what is wrong with it.
 */
export function readResponsesRequest(body: string, as?: StandIn, recall?: Recall): RequestRead {
  const parsed = parseRequest(body)
  if ('error' in parsed) return parsed
  const { json } = parsed
  const violation =
    (isJsonObject(json) && whyMoved(json)) || whyInvalid(violationsBy(validate, json))
  if (violation) return { error: violation }
  const asked = json as JsonObject
  const refusal = whyTooSmall(asked, as) ?? (as && whyForeign(asked))
  if (refusal) return { error: refusal }
  const before = historyOf(asked, recall)
  if ('error' in before) return before
  const referred = withReferences(asked['input'], recall)
  if ('error' in referred) return referred
  const inWords = inChatWords({
    ...asked,
    tools: callable(asked['tools']),
    ...(referred.input !== undefined && { input: referred.input }),
  })
  const { messages } = inWords
  const { instructions = null } = asked
  const prompts = instructions === null ? 0 : 1
  const whole = {
    ...inWords,
    // Told again in the answer.
    ...(instructions !== null && { instructions }),
    messages: [...messages.slice(0, prompts), ...before.messages, ...messages.slice(prompts)],
  }
  if (whole.messages.length === 0) return { error: whySilent(asked['input']) }
  const error = whyInvalid(violationsBy(validateChat, whole))
  if (error) return { error: inOwnWords(error) }
  const request = whole as unknown as ChatRequest
  const wrong = whyTooLarge(request, as) ?? whyUnmatched(request.messages) ?? whyUncallable(request)
  return wrong ? { error: inOwnWords(wrong) } : { request }
}

function historyOf(
  { conversation, previous_response_id: id }: JsonObject,
  recall: Recall | undefined,
): { readonly messages: readonly JsonObject[] } | { readonly error: ApiError } {
  if ((conversation ?? null) !== null) return { error: unknownConversation(conversation!) }
  if (typeof id !== 'string') return { messages: [] }
  const messages = recall?.messages(id)
  return messages
    ? { messages }
    : {
        error: {
          status: 400,
          message: `Previous response with id '${clip(id, MAX_ID)}' not found.`,
          param: 'previous_response_id',
          code: 'previous_response_not_found',
        },
      }
}

/** Nothing here makes any. */
function unknownConversation(conversation: Json): ApiError {
  const id = isJsonObject(conversation) ? conversation['id'] : conversation
  return {
    status: 404,
    message: `Conversation with id '${clip(textOf(id), MAX_ID)}' not found. Send what was said before in 'input', or go on from a response with 'previous_response_id'.`,
    param: 'conversation',
  }
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null)
}

/** Puts what items refer to in their place. */
function withReferences(
  input: Json | undefined,
  recall: Recall | undefined,
): { readonly input: Json | undefined } | { readonly error: ApiError } {
  if (!Array.isArray(input)) return { input }
  const items: Json[] = []
  for (const item of input) {
    const id = isJsonObject(item) && item['type'] === 'item_reference' ? item['id'] : undefined
    const found = typeof id === 'string' ? recall?.item(id) : item
    if (found === undefined) return { error: unknownItem(id as string) }
    items.push(found)
  }
  return { input: items }
}

function unknownItem(id: string): ApiError {
  return {
    status: 404,
    message: `Item with id '${clip(id, MAX_ID)}' not found. Items are not persisted when \`store\` is set to false. Try again with \`store\` set to true, or remove this item from your input.`,
    param: 'input',
  }
}

function callable(tools: Json | undefined): Json {
  return Array.isArray(tools)
    ? tools.filter((tool) => isJsonObject(tool) && CALLABLE.includes(tool['type']))
    : (tools ?? null)
}

/** Says why there is nothing to answer: it was not sent, or it is of no type that says something. */
function whySilent(input: Json | undefined): ApiError {
  const items = Array.isArray(input) ? input.filter(isJsonObject) : []
  const types = [...new Set(items.map(({ type }) => `'${clip(textOf(type), MAX_ID)}'`))]
  return types.length === 0
    ? {
        status: 400,
        message: "Missing required parameter: 'input'.",
        param: 'input',
        code: 'missing_required_parameter',
      }
    : {
        status: 400,
        message: `"input" holds nothing that can be answered, only ${types.slice(0, MAX_TYPES).join(', ')}: send a message, or the output of a call.`,
        param: 'input',
      }
}

/** What is called otherwise in chat completions. */
const OWN_WORDS: readonly (readonly [RegExp, string])[] = [
  [/\bmessages\b/g, 'input'],
  [/\bmax_completion_tokens\b/g, 'max_output_tokens'],
]

function inOwnWords({ message, param, ...rest }: ApiError): ApiError {
  const translate = (text: string) =>
    OWN_WORDS.reduce((said, [from, to]) => said.replaceAll(from, to), text)
  return {
    ...rest,
    message: translate(message),
    ...(param !== undefined && { param: translate(param) }),
  }
}
