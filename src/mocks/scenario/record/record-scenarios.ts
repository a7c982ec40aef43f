import {
  type ChatRequest,
  type Dialect,
  dialectAt,
  dialects,
  fingerprint,
  isChatRequest,
  isJsonObject,
  type JsonObject,
  parseJson,
} from '../../../protocol/index.ts'
import { clip, concatArrivals, type Exchange, headerValue, pathOf } from '../../../wire/index.ts'
import { literal } from '../literal.ts'
import type { AnswerSpec, ErrorSpec, Scenario, When } from '../spec/scenario.ts'
import { recordAnswer, withoutTemplates } from './record-answer.ts'
import { furtherConditions, recordWhen } from './record-when.ts'

/** An exchange, and what to call its scenario. */
export interface RecordedCall {
  readonly name: string
  readonly exchange: Exchange
}

export interface RecordOptions {
  /**
   * How many times as fast as recorded the scenarios answer; `Infinity` is at once.
   *
   * @defaultValue 1
   */
  readonly speed?: number
}

/** Scenarios, and what could not be taken over. */
export interface RecordedScenarios {
  readonly scenarios: readonly Scenario[]
  readonly notes: readonly string[]
}

interface Told {
  readonly name: string
  readonly request: ChatRequest
  readonly print: number
  readonly then: AnswerSpec
}

/**
 * Makes scenarios of exchanges that were recorded: each answers its request, known by its history, at
 * the pace of the recording. What was asked several times is told apart by its attempt.
 */
export function recordScenarios(
  calls: readonly RecordedCall[],
  { speed = 1 }: RecordOptions = {},
): RecordedScenarios {
  const notes: string[] = []
  const note = ({ name }: RecordedCall, why: string) => void notes.push(`${name}: ${why}`)
  const all = calls.flatMap((call): Told[] => {
    const { url, body } = call.exchange.request
    const dialect = dialectAt(pathOf(url), dialects) ?? dialects[0]!
    const asked = parseJson(body ?? '')
    const request = isJsonObject(asked) ? requestOf(asked, dialect) : undefined
    if (!request) {
      note(call, 'left out: it asks for no answer of a model')
      return []
    }
    if (namesOthers(asked as JsonObject)) {
      note(call, 'left out: it names what was said before, and does not say it')
      return []
    }
    const told = answerOf(call.exchange, dialect, speed)
    if (!told) {
      note(call, `left out: ${whyNoAnswer(call.exchange)}`)
      return []
    }
    const { then, isOver } = told
    if (!isOver) note(call, 'its answer broke off; that of the scenario ends well where it did')
    return [{ name: call.name, request, print: fingerprint(request), then }]
  })
  return { scenarios: toldApart(all), notes }
}

function toldApart(all: readonly Told[]): Scenario[] {
  const byWhen = Map.groupBy(all, ({ request }) => JSON.stringify(recordWhen(request)))
  return all.map((each) => {
    const when = recordWhen(each.request)
    const alike = byWhen.get(JSON.stringify(when))!
    const same = alike.filter(({ print }) => print === each.print)
    return {
      name: each.name,
      when: {
        ...when,
        ...distinction(each, alike),
        ...(same.length > 1 && { attempt: same.indexOf(each) + 1 }),
      },
      then: each.then,
    }
  })
}

/** What is true of one of several requests alone. */
function distinction({ request, print }: Told, alike: readonly Told[]): When {
  const others = alike.filter((other) => other.print !== print)
  if (others.length === 0) return {}
  const ofOthers = new Set(
    others.flatMap((other) => furtherConditions(other.request).map((each) => JSON.stringify(each))),
  )
  return furtherConditions(request).find((each) => !ofOthers.has(JSON.stringify(each))) ?? {}
}

function requestOf(asked: JsonObject, dialect: Dialect): ChatRequest | undefined {
  const inWords = dialect.inChatWords(asked)
  return isChatRequest(inWords) ? (inWords as unknown as ChatRequest) : undefined
}

/** In the Responses API, what was said before may be kept, and only named. */
function namesOthers({ previous_response_id: previous, input }: JsonObject): boolean {
  const items = Array.isArray(input) ? input : []
  return (
    typeof previous === 'string' ||
    items.some((item) => isJsonObject(item) && item['type'] === 'item_reference')
  )
}

function answerOf(
  exchange: Exchange,
  dialect: Dialect,
  speed: number,
): { readonly then: AnswerSpec; readonly isOver: boolean } | undefined {
  const status = exchange.response?.status
  if (status === undefined) return undefined
  if (status >= 400) return { then: { error: errorOf(exchange, status) }, isOver: true }
  const recorded = recordAnswer(exchange, dialect)
  if (!recorded) return undefined
  const { answer, times, isOver } = recorded
  const pacing = { recorded: times, ...(speed !== 1 && { speed }) }
  return { then: speed === Infinity ? answer : { ...answer, pacing }, isOver }
}

/** What clients heed beside the status. */
const HEEDED = ['retry-after', 'retry-after-ms', 'x-should-retry']
const LONGEST_MESSAGE = 2_000

function errorOf({ response, arrivals, decoded }: Exchange, status: number): ErrorSpec {
  const text = new TextDecoder().decode(concatArrivals(decoded ?? arrivals))
  const body = parseJson(text)
  const headers = HEEDED.flatMap((name) => {
    const value = headerValue(response!.headers, name)
    return value === undefined ? [] : [[name, value] as const]
  })
  return {
    status,
    ...(headers.length > 0 && { headers: Object.fromEntries(headers) }),
    ...(isJsonObject(body)
      ? { body: withoutTemplates(body) }
      : { message: literal(clip(text, LONGEST_MESSAGE)) }),
  }
}

function whyNoAnswer({ response, end }: Exchange): string {
  if (response) return `its answer is none that scenarios can give (${end.how})`
  return end.how === 'failed' ? `no answer came (${end.reason})` : `no answer came (${end.how})`
}
