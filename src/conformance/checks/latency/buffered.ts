import { encodeFrame, type Frame } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { issue } from '../../check/sources.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { type HeldBack, heldBack } from '../../evidence/held-back.ts'
import { showClock } from '../../evidence/show-clock.ts'
import { editFrames, onlyFor, PLAIN_STORY, setTimes } from '../../faults/index.ts'
import { TIMED_PROBES } from '../../probes/define-probe.ts'

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
    for (const each of withoutTools(evidence)) {
      const others = evidence.filter((other) => other !== each)
      const held = heldBack(each, others, heldBackMs)
      if (!held) continue
      const isAlone = others.length === 0
      yield {
        message: describe(held, isAlone),
        expected: `text as it is generated${hintFor(each)}`,
        actual: showClock(each.timing),
        evidence: each,
        severity: held.isLate && !isAlone ? 'error' : 'warning',
      }
    }
  },
  mutants: {
    'buffer-all': onlyFor(PLAIN_STORY, buffer(Infinity)),
    'buffer-4k': onlyFor(PLAIN_STORY, (reply, request) =>
      buffer(4_096)(
        { ...reply, frames: reply.frames.toSpliced(13, reply.frames.length - 16) },
        request,
      ),
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

function describe({ isLate, deltas, firstMs, lastMs, burst }: HeldBack, isAlone: boolean): string {
  const last = Math.round(lastMs)
  if (!isLate) return `Of ${deltas} deltas ${burst} came at once; the last of all after ${last} ms.`
  const otherwise = isAlone ? ' Or the model starts late, and is very fast.' : ''
  return `The reply was held back: of ${deltas} deltas the first came after ${Math.round(firstMs)} ms, the last after ${last} ms.${otherwise}`
}

function hintFor(evidence: Evidence): string {
  const path = `${evidence.header('server')} ${evidence.header('via')}`
  return /nginx|openresty/i.test(path)
    ? ': nginx passes it on at once when the reply has the header "X-Accel-Buffering: no"'
    : ''
}

/** Streams over a second, through a buffer that lets go when it is full, and at the end. */
function buffer(size: number) {
  return editFrames((frames) => {
    const step = 1_200 / frames.length
    const released: Frame[] = []
    let held: Frame[] = []
    let bytes = 0
    for (const [i, frame] of frames.entries()) {
      held.push(frame)
      bytes += frame.kind === 'hang-up' ? 0 : encodeFrame(frame).length
      if (bytes < size && i < frames.length - 1) continue
      released.push(...held.map((each) => ({ ...each, atMs: (i + 1) * step })))
      held = []
      bytes = 0
    }
    return released
  })
}
