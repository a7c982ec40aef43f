import { besides, requestUrl, SoundcheckError } from '../../../endpoint/index.ts'
import {
  type ChatRequest,
  type Dialect,
  dialectFor,
  type JsonObject,
  responses,
} from '../../../protocol/index.ts'
import type { Header, HttpRequest } from '../../../wire/index.ts'
import type { ServerChoice } from '../model-choice.ts'
import { UpstreamError } from '../upstream-error.ts'
import type { Hear, Saying, Upstream } from '../upstream.ts'
import { AnswerDecoder } from './answer-decoder.ts'
import { ChunksOfEvents } from './chunks-of-events.ts'
import { type BodyForm, FormsOfBody } from './forms-of-body.ts'
import { Manners } from './manners.ts'
import { refusalOf } from './refusal-of.ts'
import type { Answering, Send } from './send.ts'
import { startOf } from './start-of.ts'

/**
 * A server that speaks chat completions, or the Responses API. What it refuses of a request is found out once, and left out
 * from then on.
 *
 * @throws SoundcheckError for a URL that is none.
 */
export function relayUpstream(choice: ServerChoice, send: Send): Upstream {
  const dialect = dialectOf(choice)
  const url = requestUrl(choice.url, dialect.path)
  const headers = headersOf(choice)
  const manners = new Manners()
  const forms = dialect === responses ? new FormsOfBody() : undefined
  const post = (body: JsonObject): HttpRequest => ({
    method: 'POST',
    url,
    headers,
    body: JSON.stringify(body),
  })

  async function ask(request: ChatRequest, signal: AbortSignal, hear: Hear): Promise<void> {
    if (dialect === responses && (request.n ?? 1) > 1) {
      throw new UpstreamError('refused', 'The Responses API gives one choice, whatever "n" says.')
    }
    const asked = choice.model === undefined ? request : { ...request, model: choice.model }
    let refusal: UpstreamError | undefined
    const leftOut = new Set<string>()
    const tried = new Set<BodyForm>()
    // As often as there are ways to ask.
    for (;;) {
      const made = dialect.makeRequest(manners.apply(asked, leftOut))
      const body = forms?.apply(made, tried) ?? made
      const answer = await send(post(body), signal)
      if (answer.status === 200) {
        forms?.keep(tried)
        return decode(answer, hearingOf(dialect), hear)
      }
      const why = await startOf(answer)
      const error = refusalOf(answer, why)
      const hasAnother = () => forms?.learn(body, why, tried) || manners.learn(asked, why, leftOut)
      if (error.fault !== 'refused' || !hasAnother()) {
        // What helped nothing is not kept.
        if (refusal) manners.unlearn()
        throw refusal ?? error
      }
      refusal ??= error
    }
  }

  return {
    name: choice.name ?? new URL(url).host,
    model: choice.model,
    ask,
    async reach(signal) {
      const request = {
        method: 'GET',
        url: besides(url, dialect.path, '/models'),
        headers,
        body: null,
      }
      const answer = await send(request, signal)
      const body = await startOf(answer)
      const error = refusalOf(answer, body)
      // Not every server lists its models; that it answers is enough.
      if (error.fault === 'unauthorized' || answer.status >= 500) throw error
    },
  }
}

function headersOf({ apiKey, headers = {} }: ServerChoice): Header[] {
  const own: Header[] = Object.entries(headers)
  const has = (name: string) => own.some(([key]) => key.toLowerCase() === name)
  return [
    ['content-type', 'application/json'],
    ['accept', 'text/event-stream'],
    // What is compressed comes in blocks.
    ['accept-encoding', 'identity'],
    ...(apiKey !== undefined && !has('authorization')
      ? [['authorization', `Bearer ${apiKey}`] as const]
      : []),
    ...own,
  ]
}

function dialectOf({ url, apiType }: ServerChoice): Dialect {
  const dialect = dialectFor(url, apiType)
  if (dialect) return dialect
  throw new SoundcheckError(
    'INVALID_INPUT',
    `the URL of an upstream ends in the path of another API than ${apiType}: give its base URL, or another apiType`,
  )
}

/** Reads sayings as whoever hears them knows them: as chunks alone. */
interface Hearing {
  readonly take: (sayings: readonly Saying[]) => readonly Saying[]
  /** What is still to be heard where the body ended well. */
  readonly end: () => readonly Saying[]
}

const AS_IT_IS: Hearing = { take: (sayings) => sayings, end: () => [] }

function hearingOf({ id }: Dialect): Hearing {
  if (id !== responses.id) return AS_IT_IS
  const chunks = new ChunksOfEvents()
  return {
    take: (sayings) => sayings.flatMap((saying) => chunks.take(saying)),
    end: () => chunks.end(),
  }
}

/** Tells what a body says, as it comes. */
async function decode({ read }: Answering, hearing: Hearing, hear: Hear): Promise<void> {
  const decoder = new AnswerDecoder()
  const tell = (sayings: readonly Saying[]) => {
    if (sayings.length > 0) hear(sayings)
  }
  await read((bytes) => tell(hearing.take(decoder.feed(bytes))))
  tell(hearing.take(decoder.end()))
  tell(hearing.end())
}
