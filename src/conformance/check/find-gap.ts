import { responses } from '../../protocol/index.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { wasTurnedDown } from '../evidence/was-turned-down.ts'
import { wordsOf } from '../evidence/words-of.ts'
import { type Gap, inconclusive, skip, unjudged } from './gap.ts'

const NEEDS = {
  /** A recorded exchange, not just a body. */
  exchange: ({ exchange }) => (exchange ? undefined : skip('only the body is known')),

  /** The JSON that was asked. */
  request: ({ request }) => (request ? undefined : skip('the request is not known')),

  /** What the answer should be. */
  expectation: ({ expectation }) =>
    expectation ? undefined : skip('the request has no expectation'),

  /** A fair chance to answer. */
  chance: ({ exchange }) => {
    const end = exchange?.end
    if (end?.how === 'failed' && end.reason === 'proxy') return unjudged(end.message)
    if (exchange?.response?.status === 429) return unjudged('rate limited (status 429)')
    return exchange?.end.how === 'aborted' && !exchange.response
      ? unjudged('interrupted before an answer came')
      : undefined
  },

  /** A fair chance to answer a turn, or what was answered as one. */
  admitted: (evidence) =>
    evidence.exchange?.purpose === 'control' && wasTurnedDown(evidence)
      ? skip('it was no turn of the platform')
      : undefined,

  /** A status line. */
  response: ({ exchange }) =>
    !exchange || exchange.response ? undefined : inconclusive('there was no response'),

  /** A status 2xx that has a body. */
  success: ({ exchange }) => {
    const status = exchange?.response?.status ?? 200
    const hasBody = status >= 200 && status < 300 && status !== 204 && status !== 205
    return hasBody ? undefined : inconclusive(`the status was ${status}`)
  },

  body: ({ body }) => (body.length > 0 ? undefined : inconclusive('the body is empty')),

  /** A request that asked for a stream, as far as it is known; of one that cannot be read, the answer tells. */
  'stream-asked': (evidence) => {
    const { request, exchange } = evidence
    if (request)
      return request['stream'] === true ? undefined : skip('the request asked for no stream')
    return exchange?.request.body && !isStream(evidence)
      ? skip('what the request asked cannot be read')
      : undefined
  },

  /** A body of server-sent events. */
  stream: (evidence) => {
    if (isUnreadable(evidence)) return inconclusive('the content encoding could not be decoded')
    return isStream(evidence) ? undefined : inconclusive('the body is not an event stream')
  },

  /** A stream that the recorder did not cut. */
  whole: ({ exchange, excess }) => {
    if (exchange?.end.how === 'aborted') return skip('the client hung up before the stream ended')
    return excess || exchange?.end.how === 'timeout'
      ? inconclusive('the recording stopped before the stream ended')
      : undefined
  },

  chunks: (evidence) =>
    evidence.reading.parts > 0
      ? undefined
      : inconclusive(`the stream has no ${wordsOf(evidence).part}s`),

  /** A stream from its first event on: what OpenAI's `starting_after` asks for goes on with another. */
  beginning: ({ dialect, exchange, responses: told }) =>
    dialect.id === responses.id && exchange?.request.method !== 'POST' && told.isTakenUp
      ? skip('the stream goes on with one that began before')
      : undefined,

  content: ({ spoken }) => (spoken.length > 0 ? undefined : skip('the reply has no text')),

  'tool-calls': ({ calls }) => (calls.length > 0 ? undefined : skip('the reply calls no tool')),

  /** A reply that was not cut: at its token limit, or for a reason of its own. */
  untruncated: (evidence) => {
    if (wasTruncated(evidence)) return inconclusive('the reply was cut at its token limit')
    return hasIncomplete(evidence) ? inconclusive('an item of the reply is incomplete') : undefined
  },
} satisfies Record<string, (evidence: Evidence) => Gap | undefined>

/** Something that a check may need before it can judge. */
export type Need = keyof typeof NEEDS

const BUILDS_ON: Record<Need, readonly Need[]> = {
  exchange: [],
  request: [],
  expectation: [],
  chance: [],
  admitted: ['chance'],
  response: [],
  body: [],
  success: ['admitted', 'response'],
  'stream-asked': [],
  stream: ['stream-asked', 'success'],
  whole: ['stream'],
  chunks: ['stream'],
  beginning: ['chunks'],
  content: ['chunks'],
  'tool-calls': ['chunks'],
  untruncated: ['whole', 'chunks'],
}

const known = new WeakMap<Evidence, Map<Need, Gap | null>>()

/** The first need that an exchange does not meet, starting with what the others build on. */
export function findGap(needs: readonly Need[], evidence: Evidence): Gap | undefined {
  let gaps = known.get(evidence)
  if (!gaps) known.set(evidence, (gaps = new Map()))
  return firstGap(needs, evidence, gaps)
}

function firstGap(
  needs: readonly Need[],
  evidence: Evidence,
  gaps: Map<Need, Gap | null>,
): Gap | undefined {
  for (const need of needs) {
    let gap = gaps.get(need)
    if (gap === undefined) {
      gap = firstGap(BUILDS_ON[need], evidence, gaps) ?? NEEDS[need](evidence) ?? null
      gaps.set(need, gap)
    }
    if (gap) return gap
  }
  return undefined
}

function isStream({ exchange, stream, contentType }: Evidence): boolean {
  return exchange === undefined || contentType === 'text/event-stream' || stream.events.length > 0
}

function isUnreadable({ exchange, contentEncoding }: Evidence): boolean {
  return contentEncoding !== undefined && exchange?.decoded === null
}

function hasIncomplete(evidence: Evidence): boolean {
  return (
    evidence.dialect.id === responses.id &&
    evidence.responses.items.some(({ done }) => done?.item['status'] === 'incomplete')
  )
}

/** Some providers leave it to the usage to say so. */
function wasTruncated({ reading, request }: Evidence): boolean {
  const limit = request?.['max_completion_tokens'] ?? request?.['max_tokens']
  const usage = reading.pieces.findLast((piece) => piece.kind === 'usage')
  return (
    (typeof limit === 'number' && limit > 0 && usage !== undefined && usage.completion >= limit) ||
    reading.pieces.some((piece) => piece.kind === 'finish' && piece.isLimit)
  )
}
