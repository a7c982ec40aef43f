import type { Evidence } from './evidence.ts'

/** Why a check cannot judge an exchange. */
export interface Gap {
  readonly status: 'skip' | 'inconclusive'
  readonly reason: string
}

/**
 * What a check may need before it can judge.
 *
 * - `exchange`: a recorded exchange, not just a body.
 * - `request`: the JSON that was asked.
 * - `response`: a status line.
 * - `admitted`: a chance to answer: neither refused for its rate, nor given up by us.
 * - `success`: a status 2xx that has a body.
 * - `stream`: a body of server-sent events.
 * - `chunks`, `content`, `tool-calls`: a stream that holds some.
 * - `whole`: a stream that was not cut by the recorder.
 * - `untruncated`: a reply that was not cut at its token limit.
 */
export type Need = keyof typeof NEEDS

const NEEDS = {
  exchange: ({ exchange }) => (exchange ? undefined : skip('only the body is known')),
  request: ({ request }) => (request ? undefined : skip('the request is not known')),
  response: ({ exchange }) =>
    !exchange || exchange.response ? undefined : inconclusive('there was no response'),
  admitted: ({ exchange }) => {
    if (exchange?.response?.status === 429) {
      return inconclusive('the endpoint refused it for its rate (429)')
    }
    return exchange?.end.how === 'aborted' && !exchange.response
      ? inconclusive('interrupted before an answer came')
      : undefined
  },
  success: ({ exchange }) => {
    const status = exchange?.response?.status ?? 200
    const hasBody = status >= 200 && status < 300 && status !== 204 && status !== 205
    return hasBody ? undefined : inconclusive(`the answer had status ${status}`)
  },
  stream: (evidence) => {
    if (isUnreadable(evidence))
      return inconclusive('the body is in a content coding that could not be undone')
    return isStream(evidence) ? undefined : inconclusive('the body is no event stream')
  },
  whole: ({ exchange }) =>
    exchange && ['timeout', 'too-large', 'aborted'].includes(exchange.end.how)
      ? inconclusive('the recording was cut before the stream ended')
      : undefined,
  chunks: ({ chunks }) =>
    chunks.length > 0 ? undefined : inconclusive('the stream has no chunks'),
  content: ({ reply }) =>
    reply.choices.some(({ content }) => content !== '') ? undefined : skip('the reply has no text'),
  'tool-calls': ({ calls }) => (calls.length > 0 ? undefined : skip('the reply calls no tool')),
  untruncated: (evidence) =>
    wasTruncated(evidence) ? inconclusive('the reply was cut at its token limit') : undefined,
} satisfies Record<string, (evidence: Evidence) => Gap | undefined>

/** What a need stands on. */
const STANDS_ON: Record<Need, readonly Need[]> = {
  exchange: [],
  request: [],
  response: [],
  admitted: [],
  success: ['admitted', 'response'],
  stream: ['success'],
  whole: ['stream'],
  chunks: ['stream'],
  content: ['chunks'],
  'tool-calls': ['chunks'],
  untruncated: ['whole', 'chunks'],
}

/** The first need that an exchange does not meet, the deeper ones first. */
export function findGap(needs: readonly Need[], evidence: Evidence): Gap | undefined {
  for (const need of needs) {
    const gap = evidence.once(
      NEEDS[need],
      () => findGap(STANDS_ON[need], evidence) ?? NEEDS[need](evidence),
    )
    if (gap) return gap
  }
  return undefined
}

function isUnreadable(evidence: Evidence): boolean {
  const coding = evidence.header('content-encoding') ?? 'identity'
  return coding !== 'identity' && evidence.exchange?.decoded === null
}

function isStream(evidence: Evidence): boolean {
  const type = evidence.header('content-type')
  if (type?.toLowerCase().startsWith('text/event-stream')) return true
  return (
    evidence.stream.events.length > 0 ||
    (evidence.exchange === undefined && evidence.body.length > 0)
  )
}

/** Some providers name the limit only in `native_finish_reason`, or leave it to the usage. */
function wasTruncated({ reply, request }: Evidence): boolean {
  const { usage, pieces } = reply
  const limit = request?.['max_completion_tokens'] ?? request?.['max_tokens']
  const used = usage?.['completion_tokens']
  return (
    (typeof limit === 'number' && limit > 0 && typeof used === 'number' && used >= limit) ||
    pieces.some(
      ({ json: { finish_reason: reason, native_finish_reason: native } }) =>
        reason === 'length' || (typeof native === 'string' && /max|length/i.test(native)),
    )
  )
}

function skip(reason: string): Gap {
  return { status: 'skip', reason }
}

function inconclusive(reason: string): Gap {
  return { status: 'inconclusive', reason }
}
