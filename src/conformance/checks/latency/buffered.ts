import { encodeFrame, type Frame } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { issue } from '../../check/sources.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { type HeldBack, heldBack, lateBursts } from '../../evidence/held-back.ts'
import { pausesWithinEvents } from '../../observe/pauses-within-events.ts'
import { showClock } from '../../observe/show-clock.ts'
import { editFrames, onlyFor, PLAIN_STORY, setTimes } from '../../faults/index.ts'
import { TIMED_PROBES } from '../../probe-ids.ts'

/** Fewer may be the network's. */
const MIN_CUTS = 3
/** How long a mutant streams: pauses must be seen on a busy machine, too. */
const STREAMS_MS = 4_800

const FIX_AWAITED =
  'Ask the model behind the endpoint for a stream, too ("stream": true), and pass on each delta as it comes.'

export default defineCheck({
  id: 'latency/buffered',
  title: 'A long reply is not held back until it is whole',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'Deltas are passed on as they are generated; that text begins in the first 60 % of the time, and less than 80 % of it comes at once, are our proposals',
    source: 'nginx, proxy_buffering',
    url: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering',
    seenIn: issue('nearai/ironclaw', 277),
  },
  effect:
    'The caller waits for the whole answer instead of its first sentence; long answers end as "custom_llm generation failed".',
  fix: 'Flush after every event. Turn off buffering in what stands between: "X-Accel-Buffering: no" for nginx, no response buffering in gateways and serverless platforms, no compression.',
  probes: TIMED_PROBES,
  needs: ['exchange', 'content', 'whole'],
  *compare(evidence, { heldBackMs }) {
    const bursts = lateBursts(evidence, heldBackMs)
    let found = false
    for (const each of withoutTools(evidence)) {
      const others = evidence.filter((other) => other !== each)
      const held = heldBack(each, others, heldBackMs)
      const isAlone = others.length === 0
      const seen = {
        expected: `text as it is generated${hintFor(each)}`,
        actual: showClock(each.timing),
        evidence: each,
      }
      if (held) {
        const severity = held.isLate && !isAlone ? 'error' : 'warning'
        // What all replies show says more than one alone.
        if (severity === 'error' || bursts.length === 0) {
          found = true
          yield {
            message: describe(held, isAlone),
            ...seen,
            severity,
            ...(isCutUp(held) && { fix: FIX_AWAITED }),
          }
        }
        continue
      }
      const { within, all } = pausesWithinEvents(each)
      if (within < MIN_CUTS || within < all / 2) continue
      yield {
        message:
          'The stream pauses in the middle of events: it goes through a buffer that is passed on when it is full, so that a short reply waits until it is whole.',
        count: within,
        ...seen,
      }
      found = true
    }
    const [longest] = bursts.toSorted((a, b) => b.waitMs - a.waitMs)
    if (!longest || found) return
    const { waitMs, burstMs, deltas } = longest
    yield {
      message: `All ${bursts.length} long replies came late and at once, such as ${deltas} deltas within ${Math.round(burstMs)} ms after ${Math.round(waitMs)} ms: either each is awaited whole, or something delays a very fast model.`,
      expected: `text as it is generated${hintFor(longest.evidence)}`,
      actual: showClock(longest.evidence.timing),
      count: bursts.length,
      evidence: longest.evidence,
      fix: `${FIX_AWAITED} If you do so already, shorten what comes before the model, such as retrieval.`,
      severity: 'warning',
    }
  },
  mutants: {
    'buffer-all': onlyFor(PLAIN_STORY, buffer(1_000_000)),
    'buffer-4k': onlyFor(PLAIN_STORY, buffer(4_096)),
    'cut-up-afterwards': onlyFor(
      /on Saturday|lighthouse|Narwhal Parcels|thank you, goodbye/i,
      (reply, request) =>
        setTimes(() => (request.body?.includes('lighthouse') ? 1_500 : 1_200))(reply, request),
    ),
    'replay-10ms': onlyFor(
      PLAIN_STORY,
      setTimes((i) => 3_500 + 10 * i),
    ),
  },
  echoes: ['latency/first-content', 'latency/first-sentence'],
})

/** Whether tools hold a reply back is another question; where all offer some, these have to do. */
function withoutTools(evidence: readonly Evidence[]): readonly Evidence[] {
  const plain = evidence.filter(({ offered }) => offered?.size === 0)
  return plain.length > 0 ? plain : evidence
}

function describe(held: HeldBack, isAlone: boolean): string {
  const { isLate, deltas, firstMs, lastMs, burst } = held
  const last = Math.round(lastMs)
  if (!isLate) return `Of ${deltas} deltas ${burst} came at once; the last of all after ${last} ms.`
  const cutUp = isCutUp(held)
    ? ' They are spread over time, as those of a whole completion that is cut up are.'
    : ''
  const otherwise = isAlone ? ' Or the model starts late, and is very fast.' : ''
  return `The reply was held back: of ${deltas} deltas the first came after ${Math.round(firstMs)} ms, the last after ${last} ms.${cutUp}${otherwise}`
}

/** A buffer passes on what it holds at once; deltas with time between them were written one by one. */
function isCutUp({ isLate, deltas, burst }: HeldBack): boolean {
  return isLate && burst < deltas / 2
}

function hintFor(evidence: Evidence): string {
  const path = `${evidence.header('server')} ${evidence.header('via')}`
  return /nginx|openresty/i.test(path)
    ? ': nginx passes it on at once when the reply has the header "X-Accel-Buffering: no"'
    : ''
}

/** Streams over seconds, through a buffer that is passed on when it is full, and at the end. */
function buffer(size: number) {
  return editFrames((frames) => {
    const texts = frames.map((frame) => (frame.kind === 'hang-up' ? '' : encodeFrame(frame)))
    const bytes = new TextEncoder().encode(texts.join(''))
    const count = Math.ceil(bytes.length / size)
    return Array.from({ length: count }, (_, i): Frame => ({
      kind: 'bytes',
      atMs: (STREAMS_MS * (i + 1)) / count,
      bytes: bytes.subarray(i * size, (i + 1) * size),
    }))
  })
}
