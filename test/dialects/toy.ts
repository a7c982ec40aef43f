import {
  type Answer,
  type Call,
  type ChatRequest,
  type Choice,
  type Dialect,
  isJsonObject,
  type JsonObject,
  parseJson,
  type Piece,
  type Reading,
  type ReplyForm,
} from '../../src/protocol/index.ts'
import { type EventFrame, eventStreamReply, jsonReply } from '../../src/wire/index.ts'

/**
 * A dialect that nobody speaks, of three events:
 *
 *     event: said      data: {"text": "Hello"}
 *     event: called    data: {"id": "1", "name": "end_call", "with": "{}"}
 *     event: over      data: {"because": "stop"}
 */
export const toy: Dialect = {
  id: 'toy',
  title: 'Talks',
  path: '/talk',
  terminator: { event: 'over' },
  makeRequest: ({ messages, stream, ...rest }) => ({ ...rest, talk: messages!, live: stream! }),
  inChatWords: ({ talk, live, ...rest }) => ({ ...rest, messages: talk!, stream: live! }),
  readRequest(body) {
    const json = parseJson(body)
    return isJsonObject(json) && Array.isArray(json['talk'])
      ? { request: toy.inChatWords(json) as unknown as ChatRequest }
      : { error: { status: 400, message: 'There is no talk.' } }
  },
  readReply,
  readWhole: () => undefined,
  saysSomething: (part) => /event: (?:said|called)/.test(part),
  writeReply,
}

async function writeReply(
  [answer]: readonly Answer[],
  { request, print, schedule = () => [0] }: ReplyForm,
) {
  const { text, calls, finishReason } = answer!
  if (!request.stream) return jsonReply(200, { said: text, called: calls, over: finishReason })
  const said = text.split(/(?<= )/).map((word) => ({ event: 'said', data: { text: word } }))
  const called = calls.map(({ name, arguments: args }, i) => ({
    event: 'called',
    data: { id: `${print}-${i}`, name, with: args },
  }))
  const tokens = [...(text === '' ? [] : said), ...called]
  const times = schedule(Math.max(1, tokens.length))
  const frames = [...tokens, { event: 'over', data: { because: finishReason } }].map(
    ({ event, data }, i): EventFrame => ({
      kind: 'event',
      atMs: times[i] ?? times.at(-1)!,
      event,
      data: JSON.stringify(data),
    }),
  )
  return eventStreamReply(frames)
}

type Events = Parameters<Dialect['readReply']>[0]

function readReply(events: Events): Reading {
  const end = events.findIndex(({ name }) => name === 'over')
  const pieces = events
    .slice(0, end < 0 ? events.length : end + 1)
    .flatMap((event, i) => pieceOf(event, i) ?? [])
  const calls = pieces.flatMap((piece) => (piece.kind === 'call' ? piece.call : []))
  return {
    pieces,
    calls,
    choices: pieces.length === 0 ? [] : [choiceOf(pieces, calls)],
    parts: pieces.length,
    terminator: end < 0 ? undefined : end,
    id: undefined,
    excess: undefined,
  }
}

function pieceOf({ name, data }: Events[number], index: number): Piece | undefined {
  const json = parseJson(data)
  const spot = { event: index, path: '', choice: 0 }
  if (!isJsonObject(json)) return { ...spot, kind: 'unreadable', why: 'not-json' }
  switch (name) {
    case 'said':
      return { ...spot, path: '/text', kind: 'text', text: textIn(json, 'text') }
    case 'called':
      return { ...spot, kind: 'call', call: callIn(json, index) }
    case 'over': {
      const reason = textIn(json, 'because')
      const isLimit = reason === 'length'
      return { ...spot, path: '/because', kind: 'finish', reason, isLimit, isFailure: false }
    }
  }
}

function callIn(json: JsonObject, event: number): Call {
  const spot = { event, path: '' }
  return {
    id: textIn(json, 'id'),
    name: textIn(json, 'name'),
    arguments: textIn(json, 'with'),
    opening: spot,
    latest: spot,
  }
}

function choiceOf(pieces: readonly Piece[], calls: readonly Call[]): Choice {
  const end = pieces.findLast((piece) => piece.kind === 'finish')
  return {
    index: 0,
    text: pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join(''),
    reasoning: '',
    refusal: '',
    calls,
    finishReason: end?.reason,
    latest: pieces.at(-1)!,
  }
}

function textIn(json: JsonObject, member: string): string {
  const value = json[member]
  return typeof value === 'string' ? value : ''
}
