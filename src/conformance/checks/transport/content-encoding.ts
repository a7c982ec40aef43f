import { defineCheck } from '../../check.ts'
import type { Evidence } from '../../evidence.ts'
import { streamsEvents } from '../../mutate/index.ts'
import { github } from '../../sources.ts'
import { headerValue, type HttpRequest, type Reply } from '../../../wire/index.ts'

/** A stream that took this long without compression really streams. */
const STREAMING_MS = 300
/** A compressed one that came in less than this share of it was held back. */
const HELD_BACK = 0.2

export default defineCheck({
  id: 'transport/content-encoding',
  title: 'Compression is not forced on a stream, and does not hold it back',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'No Content-Encoding for a client that did not ask; with one, events still arrive one by one',
    ...github('encode/starlette', 2753),
  },
  effect:
    'Compressing middleware collects tens of kilobytes before it lets anything through: the caller waits for the whole answer.',
  fix: 'Exclude text/event-stream from compression, or send "Cache-Control: no-transform"; else flush after every event.',
  probes: 'every-stream',
  needs: ['exchange', 'success'],
  *inspect(evidence) {
    const coding = codingOf(evidence)
    if (coding === undefined) return
    const { request, decoded } = evidence.exchange!
    const accepted = headerValue(request.headers, 'accept-encoding') ?? 'identity'
    if (accepted === 'identity') {
      yield {
        message: `The stream is compressed with ${coding}, though the request asked for none.`,
        expected: 'no Content-Encoding, as the request said "Accept-Encoding: identity"',
        actual: `Content-Encoding: ${coding}`,
        severity: 'warning',
      }
    }
    if (decoded === null && evidence.body.length > 0) {
      yield {
        message: `The body is not what its Content-Encoding says, ${coding}.`,
        expected: `a body in ${coding}, or no Content-Encoding`,
        actual: `Content-Encoding: ${coding}`,
      }
    }
  },
  *compare([plain, compressed]) {
    if (!plain || !compressed || codingOf(plain) !== undefined) return
    const coding = codingOf(compressed)
    if (coding === undefined) return
    const took = spreadOf(plain)
    const tookCompressed = spreadOf(compressed)
    if (took < STREAMING_MS || tookCompressed > took * HELD_BACK) return
    yield {
      message: `With ${coding}, all events came within ${Math.round(tookCompressed)} ms; without, they came over ${Math.round(took)} ms.`,
      expected: 'events one by one, compressed or not',
      actual: `Content-Encoding: ${coding}`,
      evidence: compressed,
    }
  },
  mutants: {
    'gzip-forced': (reply) => (streamsEvents(reply) ? gzipped(reply) : reply),
    'gzip-buffered': buffersWhenCompressed,
  },
})

function codingOf(evidence: Evidence): string | undefined {
  const coding = evidence.header('content-encoding')?.trim().toLowerCase()
  return coding === 'identity' || coding === '' ? undefined : coding
}

function spreadOf({ stream }: Evidence): number {
  const times = stream.events.flatMap(({ atMs }) => atMs ?? [])
  return (times.at(-1) ?? 0) - (times[0] ?? 0)
}

function gzipped(reply: Reply): Reply {
  return { ...reply, headers: [...reply.headers, ['content-encoding', 'gzip']], coding: 'gzip' }
}

/** Streams over half a second to a client that wants no compression, and at once to one that does. */
function buffersWhenCompressed(reply: Reply, { headers }: HttpRequest): Reply {
  if (!streamsEvents(reply)) return reply
  const last = reply.frames.length - 1
  const wanted = headerValue(headers, 'accept-encoding')?.includes('gzip')
  const frames = reply.frames.map((frame, i) => ({
    ...frame,
    atMs: wanted ? 500 : (500 * i) / last,
  }))
  return wanted ? gzipped({ ...reply, frames }) : { ...reply, frames }
}
