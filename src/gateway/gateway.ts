import {
  chat,
  type ChatRequest,
  errorReply,
  isResult,
  type JsonObject,
  messageText,
} from '../protocol/index.ts'
import {
  type AnyReply,
  eventStreamReply,
  type Handler,
  type HttpRequest,
  jsonReply,
  realClock,
} from '../wire/index.ts'
import type { TurnOpening, TurnRecord } from './account/turn-record.ts'
import { AnswerReader, textOf } from './answer/answer-reader.ts'
import { Answering, type Waiting } from './answer/answering.ts'
import { collectCompletion } from './answer/collect-completion.ts'
import { toUpstream } from './ask/to-upstream.ts'
import { Cascade } from './cascade/cascade.ts'
import { chooseBufferWords } from './filler/choose-buffer-words.ts'
import type { GatewayCall } from './gateway-call.ts'
import type { GatewayOptions } from './gateway-options.ts'
import { conversationOf } from './turns/conversation-of.ts'
import { type Asked, TurnsUnderWay } from './turns/turns-under-way.ts'
import { sendByFetch } from './upstream/relay/send-by-fetch.ts'
import type { Send } from './upstream/relay/send.ts'
import { upstreamOf } from './upstream/upstream-of.ts'
import type { Upstream } from './upstream/upstream.ts'
import { withDefaults } from './with-defaults.ts'

/** A correct endpoint in front of any model. */
export interface Gateway {
  /** Answers `POST /chat/completions`, streamed or whole; never throws, and gives what goes wrong as an answer. */
  readonly answer: Handler<GatewayCall, AnyReply>
  /** The names under which models are configured. */
  readonly modelNames: readonly string[]
  /** All that it may ask, each once. */
  readonly upstreams: readonly Upstream[]
  /** How many answers are being made. */
  readonly underWay: number
  /** Ends all answers that are being made, well: what was said stands, and the stream is finished. */
  readonly endAll: () => void
}

/** A model that is configured. */
interface Model {
  readonly name: string
  readonly cascade: Cascade
}

/** Makes a gateway. `send` is how servers are reached; by `fetch`, when absent. */
export function createGateway(options: GatewayOptions, send: Send = sendByFetch): Gateway {
  const settings = withDefaults(options)
  const upstreams: Upstream[] = []
  const models = new Map<string, Model>()
  for (const [name, choices] of Object.entries(options.models)) {
    const own = [choices].flat().map((choice) => upstreamOf(choice, send))
    upstreams.push(...own)
    models.set(name, { name, cascade: new Cascade(own, settings) })
  }
  const turns = new TurnsUnderWay(settings.turns)
  const observers = options.observers ?? []

  const modelFor = (asked: string): Model | undefined =>
    models.get(asked) ?? (models.size === 1 ? models.values().next().value : undefined)

  async function answer(http: HttpRequest, call: GatewayCall): Promise<AnyReply> {
    const startedAt = realClock.now()
    const opening = {
      id: call.id,
      startedAt: new Date().toISOString(),
      key: call.key?.name ?? null,
    }
    const read = chat.readRequest(http.body ?? '')
    if ('error' in read) return refuse(errorReply(read.error), opening)
    const { request: asked } = read
    const model = modelFor(asked.model)
    if (!model) return refuse(errorReply(noSuchModel(asked.model, [...models.keys()])), opening)
    if (call.key?.models && !call.key.models.includes(model.name)) {
      return refuse(errorReply(notAllowed(model.name)), { ...opening, model: model.name })
    }
    const { request, extraBody } = toUpstream(asked)
    const conversation = conversationOf(asked, extraBody, http.headers, settings.turns.header)
    const turn: Asked = {
      asker: call.key?.name ?? '',
      body: http.body ?? '',
      request: asked,
      conversation,
    }
    const whole: TurnOpening = {
      ...opening,
      model: model.name,
      conversation: conversation ?? null,
      isStreamed: asked.stream ?? false,
    }
    const over = begin(whole)
    const same = turns.sameAs(turn)
    const answering = same ?? start(model, turn, await hooked(request, extraBody))
    const reader = new AnswerReader(answering, {
      startedAt,
      onOver: () =>
        over((status) =>
          reader.record(whole, {
            status,
            cache: 'off',
            isShared: same !== undefined,
            content: { asked: lastWords(asked), said: answering.pieces.map(textOf).join('') },
          }),
        ),
    })
    call.gone.addEventListener('abort', () => reader.left(), { once: true })
    if (call.gone.aborted) reader.left()
    return replyBy(reader, answering, asked)
  }

  function begin(opening: TurnOpening) {
    const ended = observers.map(({ began }) => began(opening))
    return (recordOf: (status: number) => TurnRecord) => {
      if (ended.length === 0) return
      const record = recordOf(0)
      for (const end of ended) end(record)
    }
  }

  function refuse(reply: AnyReply, _opening: Partial<TurnOpening>): AnyReply {
    return reply
  }

  function start(model: Model, turn: Asked, request: ChatRequest): Answering {
    const answering = new Answering({
      model: turn.request.model,
      begin: (signal, onAttempt) => model.cascade.begin(request, signal, onAttempt),
      bufferWords: waitingFor(turn),
      apology: options.apology,
      onOver: (over) => turns.remove(over),
    })
    turns.add(answering, turn)
    return answering
  }

  function waitingFor({ request, body }: Asked): Waiting | undefined {
    const { bufferWords } = options
    if (!bufferWords || !request.stream || (request.n ?? 1) > 1) return undefined
    if (!bufferWords.afterTools && isResult(request.messages.at(-1)!)) return undefined
    const { afterMs, words, seed = 0 } = bufferWords
    return { afterMs, words: () => chooseBufferWords(words, body, seed) }
  }

  async function hooked(request: ChatRequest, extraBody: JsonObject): Promise<ChatRequest> {
    return (await options.onExtraBody?.(extraBody, request)) ?? request
  }

  return {
    answer,
    modelNames: [...models.keys()],
    upstreams,
    get underWay() {
      return turns.size
    },
    endAll() {
      for (const answering of turns.all()) answering.endWell('drained')
    },
  }
}

async function replyBy(
  reader: AnswerReader,
  answering: Answering,
  { stream, stream_options }: ChatRequest,
): Promise<AnyReply> {
  await answering.more(0)
  if (answering.pieces.length === 0) {
    reader.readWhole()
    return errorReply(answering.failure!)
  }
  if (stream) return { ...eventStreamReply([]), frames: reader }
  while (!answering.ended) await answering.more(answering.pieces.length)
  reader.readWhole()
  if (answering.failure) return errorReply(answering.failure)
  void stream_options
  return jsonReply(200, collectCompletion(answering.pieces.flatMap(({ sent }) => sent)))
}

function lastWords({ messages }: ChatRequest): string {
  const last = messages.at(-1)
  return last ? messageText(last) : ''
}

function noSuchModel(name: string, known: readonly string[]) {
  return {
    status: 404,
    message: `There is no model "${name}" here. Ask for ${known.map((each) => `"${each}"`).join(', ')}.`,
    param: 'model',
    code: 'model_not_found',
  }
}

function notAllowed(name: string) {
  return {
    status: 403,
    message: `The API key may not ask for the model "${name}".`,
    param: 'model',
    code: 'model_not_allowed',
  }
}
