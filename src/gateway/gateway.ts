import { clock } from './runtime.ts'
import { SoundcheckError } from '../endpoint/index.ts'
import {
  chat,
  type ChatRequest,
  conversationOf,
  type Dialect,
  dialectAt,
  dialects,
  errorReply,
  refuseCoding,
  type JsonObject,
  responses,
  unknownModel,
} from '../protocol/index.ts'
import { type AnyReply, type Handler, type HttpRequest, pathOf, type Reply } from '../wire/index.ts'
import { requestParameters } from './account/request-parameters.ts'
import { tellBegun, tellRefused } from './account/tell-turn.ts'
import { traceContextIn } from './account/trace-context-in.ts'
import type { TurnOpening } from './account/turn-record.ts'
import { writerFor } from './answer/writer-for.ts'
import { AnswerReader } from './answer/answer-reader.ts'
import { Answering, type Waiting } from './answer/answering.ts'
import { countUsage, type Written } from './answer/count-usage.ts'
import { replyBy } from './answer/reply-by.ts'
import { type Stripped, toUpstream } from './ask/to-upstream.ts'
import { isCacheable, withCache } from './answer/with-cache.ts'
import { Cascade, type TurnListener } from './cascade/cascade.ts'
import { loadLanguages } from './filler/language-of.ts'
import { waitingFor } from './filler/waiting-for.ts'
import type { GatewayCall } from './gateway-call.ts'
import type { GatewayOptions } from './gateway-options.ts'
import { inTime } from './in-time.ts'
import { notAllowed } from './not-allowed.ts'
import { type Asked, TurnsUnderWay } from './turns/turns-under-way.ts'
import { recallFor } from './remembering/recall-for.ts'
import { remembered } from './remembering/remembered.ts'
import { sendByFetch } from './upstream/relay/send-by-fetch.ts'
import type { Send } from './upstream/relay/send.ts'
import { upstreamOf } from './upstream/upstream-of.ts'
import type { Upstream } from './upstream/upstream.ts'
import { withDefaults } from './with-defaults.ts'

/** A correct endpoint in front of any model. */
export interface Gateway {
  /** Answers `POST /chat/completions` and `POST /responses`, streamed or whole; never throws, and gives what goes wrong as an answer. */
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
  const {
    observers = [],
    cache,
    storeResponses,
    apology,
    bufferWords,
    countTokens,
    onExtraBody,
    onError,
  } = options
  const settings = withDefaults(options)
  // Where it is missing, who starts the gateway has been told.
  if (bufferWords?.byLanguage) void loadLanguages().catch(() => {})
  const turns = new TurnsUnderWay(settings.turns)
  const upstreams: Upstream[] = []
  const models = new Map<string, Model>()
  for (const [name, choices] of Object.entries(options.models)) {
    const own = [choices].flat().map((choice) => upstreamOf(choice, send))
    upstreams.push(...own)
    models.set(name, { name, cascade: new Cascade(own, settings) })
  }
  const names = [...models.keys()]
  const empty = names.find((name) => [options.models[name]].flat().length === 0)
  if (names.length === 0 || empty !== undefined) {
    const which = empty === undefined ? 'the gateway' : `the model "${empty}"`
    throw new SoundcheckError('INVALID_INPUT', `${which} has nothing to ask: give it an upstream`)
  }

  /** A single model answers to every name. */
  function modelFor(name: string): Model | undefined {
    return models.get(names.length === 1 ? names[0]! : name)
  }

  async function answer(http: HttpRequest, call: GatewayCall): Promise<AnyReply> {
    const startedAt = clock.now()
    const key = call.key?.name ?? null
    const opening: TurnOpening = {
      id: call.id,
      startedAt: new Date().toISOString(),
      key,
      model: null,
      conversation: null,
      isStreamed: false,
      ...traceContextIn(http.headers),
    }
    const coded = refuseCoding(http.headers)
    if (coded) return refuse(opening, errorReply(coded))
    const dialect = dialectAt(pathOf(http.url), dialects) ?? chat
    const asker = key ?? ''
    const body = http.body ?? ''
    const store = dialect === responses ? storeResponses : undefined
    const recall = store && (await recallFor(body, asker, store))
    const read = dialect.readRequest(body, undefined, recall)
    if ('error' in read) return refuse(opening, errorReply(read.error))
    const { request: asked } = read
    const isStreamed = asked.stream ?? false
    const model = modelFor(asked.model)
    if (!model) return refuse({ ...opening, isStreamed }, unknownModel(asked.model, names))
    const known = {
      ...opening,
      isStreamed,
      model: model.name,
      parameters: requestParameters(asked),
    }
    if (call.key?.models && !call.key.models.includes(model.name)) {
      return refuse(known, notAllowed(model.name))
    }
    const { request, extraBody } = toUpstream(asked)
    const conversation = conversationOf(asked, extraBody, http.headers, [settings.turns.header])
    const twinKey = [dialect.id, asker, conversation ?? '', body].join('\n')
    const turn: Asked = { asker, request: asked, conversation, twinKey }

    const over = tellBegun(observers, { ...known, conversation: conversation ?? null })
    const waiting = waitingFor(bufferWords, asked, body)
    const answering =
      turns.sameAs(turn) ?? begin(model, turn, { request, extraBody }, { dialect, waiting })
    const reader = new AnswerReader(answering, {
      startedAt,
      onOver: () => {
        const whole = { ...known, conversation: conversation ?? null }
        const tell = () => over(() => reader.record(whole, contentOf(asked, answering)))
        const counting = answering.countCut()
        if (counting) void counting.then(tell)
        else tell()
      },
    })
    call.gone.addEventListener('abort', () => reader.left(), { once: true })
    if (call.gone.aborted) reader.left()
    return replyBy(reader, answering, isStreamed)
  }

  function refuse(opening: TurnOpening, reply: Reply): Reply {
    tellRefused(observers, opening, reply.status)
    return reply
  }

  async function hooked({ request, extraBody }: Stripped, signal: AbortSignal) {
    if (!onExtraBody) return request
    const { firstContentMs } = settings.limits
    let thrown: unknown = new Error(`onExtraBody took longer than ${firstContentMs} ms`)
    const told = await inTime(firstContentMs, async () => {
      try {
        return { request: await onExtraBody(extraBody, request) }
      } catch (error) {
        thrown = error
        throw error
      }
    })
    signal.throwIfAborted()
    if (!told) throw thrown
    return told.request ?? request
  }

  function begin(
    { cascade }: Model,
    turn: Asked,
    wanted: Stripped,
    { dialect, waiting }: { readonly dialect: Dialect; readonly waiting: Waiting | undefined },
  ): Answering {
    const { stream, stream_options } = turn.request
    // One dialect tells it where it is asked to; where no chunks are, it belongs to the answer.
    const tellsUsage = dialect !== chat || (stream_options?.include_usage ?? !stream)
    const isCached = cache !== undefined && isCacheable(turn.request)
    const answering = new Answering({
      writer: writerFor(dialect, turn.request),
      model: turn.request.model,
      isStreamed: stream ?? false,
      isCached,
      async answer(signal, listener) {
        const request = await hooked(wanted, signal)
        const ask = (to: TurnListener) =>
          cascade.answer(request, { tellsUsage, signal, listener: to })
        return isCached ? withCache(cache, request, { signal, listener, ask }) : ask(listener)
      },
      bufferWords: waiting,
      apology,
      onError,
      ...(countTokens && {
        count: (written: Written) => countUsage(turn.request, written, countTokens),
      }),
      tellsUsage,
      ...(storeResponses &&
        isToBeKept(dialect, turn.request) && {
          keep: (response: JsonObject) =>
            storeResponses.add(turn.asker, remembered(turn.request, response)),
        }),
      onOver: (over) => turns.remove(over),
    })
    turns.add(answering, turn)
    return answering
  }

  return {
    answer,
    modelNames: names,
    upstreams,
    get underWay() {
      return turns.size
    },
    endAll() {
      for (const answering of turns.all()) answering.endWell('drained')
    },
  }
}

function isToBeKept(dialect: Dialect, request: ChatRequest): boolean {
  return dialect === responses && (request as unknown as JsonObject)['store'] !== false
}

function contentOf({ messages }: ChatRequest, { said }: Answering) {
  return { asked: JSON.stringify(messages.at(-1)), said }
}
