import {
  chat,
  type ChatReading,
  isJsonObject,
  type Json,
  type JsonObject,
  parseJson,
} from '../../protocol/index.ts'
import type { Place, SseStream } from '../../wire/index.ts'

/** An API that is not chat completions. */
interface OtherApi {
  readonly name: string
  /** How to get chat completions instead. */
  readonly instead: string
  readonly says: (json: JsonObject, event: string | undefined) => boolean
}

const OTHER_APIS: readonly OtherApi[] = [
  {
    name: 'the Anthropic Messages API',
    instead: `Anthropic also answers at /v1${chat.path}`,
    says: ({ type, role, content }) =>
      /^(?:message_(?:start|delta|stop)|content_block_(?:start|delta|stop))$/.test(textOf(type)) ||
      (type === 'message' && role === 'assistant' && Array.isArray(content)),
  },
  {
    name: 'the OpenAI Responses API',
    instead:
      'call chat.completions.create upstream in place of responses.create, or let the platform ask for this API, and check it with --api-type responses',
    says: ({ type, object, output }) =>
      /^response\.[a-z_.]+$/.test(textOf(type)) || (object === 'response' && Array.isArray(output)),
  },
  {
    name: 'the Gemini API',
    instead: `Gemini also answers at /v1beta/openai${chat.path}`,
    says: ({ candidates, response }) =>
      Array.isArray(candidates) ||
      (isJsonObject(response) && Array.isArray(response['candidates'])),
  },
  {
    name: "Ollama's own API",
    instead: `Ollama also answers at /v1${chat.path}`,
    says: ({ created_at: created, done, message, response }) =>
      typeof created === 'string' &&
      typeof done === 'boolean' &&
      (isJsonObject(message) || typeof response === 'string'),
  },
  {
    name: 'LangServe or LangGraph',
    instead: 'add a route that writes the content of each message as a chunk',
    says: ({ type, run_id: run }, event) =>
      type === 'AIMessageChunk' || (event === 'metadata' && typeof run === 'string'),
  },
  {
    name: 'the UI message stream of the AI SDK',
    instead: 'write each text of its textStream as a chunk, or forward what the provider sends',
    says: ({ type, id, delta, messageId }) =>
      type === 'start-step' ||
      (type === 'start' && typeof messageId === 'string') ||
      (type === 'text-delta' && typeof id === 'string' && typeof delta === 'string'),
  },
  {
    name: 'the Converse API of Amazon Bedrock',
    instead: `Bedrock also answers at /openai/v1${chat.path}`,
    says: ({ contentBlockDelta: delta, output, stopReason: reason }) =>
      (isJsonObject(delta) && isJsonObject(delta['delta'])) ||
      (typeof reason === 'string' && isJsonObject(output) && isJsonObject(output['message'])),
  },
  {
    name: "Cohere's own API",
    instead: `Cohere also answers at /compatibility/v1${chat.path}`,
    says: ({ type, delta }) =>
      /^(?:message-(?:start|end)|content-(?:start|delta))$/.test(textOf(type)) &&
      isJsonObject(delta),
  },
  {
    name: "Dify's own API",
    instead: 'write each answer of its events as a chunk',
    says: ({ event, answer, task_id: task, conversation_id: conversation }) =>
      /^(?:(?:agent_)?message|message_end|agent_thought|workflow_started)$/.test(textOf(event)) &&
      [answer, task, conversation].some((member) => typeof member === 'string'),
  },
  {
    name: "Text Generation Inference's own API",
    instead: `Text Generation Inference also answers at /v1${chat.path}`,
    says: ({ token, ...rest }) =>
      isJsonObject(token) && typeof token['text'] === 'string' && 'generated_text' in rest,
  },
  {
    name: "llama.cpp's own API",
    instead: `llama.cpp also answers at /v1${chat.path}`,
    says: ({ content, stop }) => typeof content === 'string' && typeof stop === 'boolean',
  },
  {
    name: "LangChain's stream of events",
    instead: 'write the content of each on_chat_model_stream as a chunk',
    says: ({ event }) =>
      /^on_(?:chat_model|llm|chain|tool|parser|prompt|retriever)_(?:start|stream|end)$/.test(
        textOf(event),
      ),
  },
  {
    name: 'the OpenAI Assistants API',
    instead: 'call chat.completions.create upstream in place of a run of a thread',
    says: ({ object }) => /^thread\.(?:run|message)(?:\.|$)/.test(textOf(object)),
  },
  {
    name: "Workers AI's own API",
    instead: `Workers AI also answers at /ai/v1${chat.path}`,
    says: ({ response, p: padding }) => typeof response === 'string' && typeof padding === 'string',
  },
  {
    name: 'AG-UI',
    instead: 'write the delta of each TEXT_MESSAGE_CONTENT as a chunk',
    says: ({ type }) =>
      /^(?:RUN_STARTED|TEXT_MESSAGE_(?:START|CONTENT|CHUNK|END))$/.test(textOf(type)),
  },
  {
    name: "Mastra's own stream",
    instead: 'write the payload.text of each text-delta as a chunk',
    says: ({ type, runId, from, payload }) =>
      [type, runId, from].every((member) => typeof member === 'string') && isJsonObject(payload),
  },
]

const DATA_STREAM: Omit<OtherApi, 'says'> = {
  name: 'the data stream of the AI SDK',
  instead: 'write each text of its textStream as a chunk, or forward what the provider sends',
}

/** Another API, and what shows that an answer speaks it. */
export interface SpokenApi extends Omit<OtherApi, 'says'> {
  readonly sample: string
  /** `undefined` where that is the whole answer. */
  readonly at: (Place & { readonly index?: number }) | undefined
}

/** An answer, in whatever form. */
interface Answer {
  readonly stream: SseStream
  readonly json: Json | undefined
  readonly opening: string
}

/** Finds the API that an answer speaks in place of chat completions; none, where any part is a chunk. */
export function findOtherApi(
  answer: Answer,
  { payloads, terminator = payloads.length }: Pick<ChatReading, 'payloads' | 'terminator'>,
): SpokenApi | undefined {
  const { stream, json } = answer
  const read = payloads.slice(0, terminator)
  if (read.some((payload) => payload.kind === 'chunk' && 'choices' in payload.json)) return
  for (const [i, payload] of read.entries()) {
    const event = stream.events[i]!
    const api = payload.kind === 'chunk' && nameOf(payload.json, event.name)
    if (api) return { ...api, sample: event.data, at: event }
  }
  // Where there is no "data:", the first line shows what all are.
  const bare = stream.facts.find((fact) => fact.kind === 'unknown-field')
  const whole = nameOf(firstOf(json))
  if (whole) return { ...whole, sample: answer.opening, at: undefined }
  const api = bare && nameOfLine(bare.line)
  return api && { ...api, sample: bare.line, at: bare }
}

function nameOf(json: Json | undefined, event?: string): OtherApi | undefined {
  if (!isJsonObject(json) || 'choices' in json) return undefined
  return OTHER_APIS.find(({ says }) => says(json, event))
}

function nameOfLine(line: string): Omit<OtherApi, 'says'> | undefined {
  const [, part] = /^[0-9a-k]:(["[{].*)$/.exec(line) ?? []
  if (part !== undefined) return parseJson(part) === undefined ? undefined : DATA_STREAM
  return nameOf(parseJson(line))
}

/** Gemini streams an array, unless it is asked for events. */
function firstOf(json: Json | undefined): Json | undefined {
  return Array.isArray(json) ? json[0] : json
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}
