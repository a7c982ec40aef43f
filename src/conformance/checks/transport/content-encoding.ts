import { headerValue, type HttpRequest, type Reply } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { issue, rfc } from '../../check/sources.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { onlyFor, setTimes, streamsEvents } from '../../faults/index.ts'

/** An answer that took this long without compression really streams. */
const STREAMING_MS = 300
/** A compressed one that came in less than this share of it was buffered. */
const BUFFERED_SHARE = 0.2
/** How long the mutant streams. */
const TELLING_MS = 2_000

export default defineCheck({
  id: 'transport/content-encoding',
  title: 'Compression is not forced on a stream, and does not buffer it',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'No Content-Encoding for a client that accepts only identity; with one, events still arrive one by one',
    ...rfc(9110, '12.5.3'),
    seenIn: issue('encode/starlette', 2753),
  },
  effect:
    'Compression middleware collects tens of kilobytes before it sends anything: the caller waits for the whole answer.',
  fix: 'Exclude text/event-stream from compression or send "Cache-Control: no-transform"; otherwise flush after every event.',
  probes: 'every-stream',
  needs: ['exchange', 'success'],
  *inspect({ contentEncoding, exchange, body }) {
    if (contentEncoding === undefined) return
    const accepted = headerValue(exchange.request.headers, 'accept-encoding') ?? 'identity'
    if (accepted === 'identity') {
      yield {
        message: `The stream is compressed with ${contentEncoding}, although the request accepted no compression.`,
        expected: 'no Content-Encoding, since the request said "Accept-Encoding: identity"',
        actual: `Content-Encoding: ${contentEncoding}`,
        severity: 'warning',
      }
    }
    if (exchange.decoded === null && body.length > 0) {
      yield {
        message: `The body cannot be decoded as ${contentEncoding}.`,
        expected: `a body in ${contentEncoding}, or no Content-Encoding`,
        actual: `Content-Encoding: ${contentEncoding}`,
      }
    }
  },
  *compare(evidence) {
    const stories = evidence.filter(({ probe }) => probe === 'streamed-story')
    const plain = stories.find(({ contentEncoding }) => contentEncoding === undefined)
    const compressed = stories.find(({ contentEncoding }) => contentEncoding !== undefined)
    if (!plain || !compressed) return
    const took = spreadOf(plain)
    const tookCompressed = spreadOf(compressed)
    if (took < STREAMING_MS || tookCompressed > took * BUFFERED_SHARE) return
    yield {
      message: `With ${compressed.contentEncoding}, all events arrived within ${Math.round(tookCompressed)} ms; without, they took ${Math.round(took)} ms.`,
      expected: 'events one by one, compressed or not',
      actual: `Content-Encoding: ${compressed.contentEncoding}`,
      evidence: compressed,
    }
  },
  mutants: {
    'gzip-forced': (reply) => (streamsEvents(reply) ? gzipped(reply) : reply),
    'gzip-buffered': buffersWhenCompressed,
  },
  echoes: ['latency/buffered', 'latency/first-content', 'latency/first-sentence'],
})

function spreadOf({ stream }: Evidence): number {
  const times = stream.events.flatMap(({ atMs }) => atMs ?? [])
  return (times.at(-1) ?? 0) - (times[0] ?? 0)
}

function gzipped(reply: Reply): Reply {
  return { ...reply, headers: [...reply.headers, ['content-encoding', 'gzip']], coding: 'gzip' }
}

/** Streams to a client that wants no compression, and sends all at once to one that does. */
function buffersWhenCompressed(reply: Reply, request: HttpRequest): Reply {
  const wanted = headerValue(request.headers, 'accept-encoding')?.includes('gzip')
  // Much longer than the check asks for: a busy machine sends late, and then all that is due.
  const spread = setTimes((i, count) => (wanted ? TELLING_MS : (TELLING_MS * i) / (count - 1)))
  const late = onlyFor(/lighthouse/, spread)(reply, request)
  return wanted && streamsEvents(reply) ? gzipped(late) : late
}
