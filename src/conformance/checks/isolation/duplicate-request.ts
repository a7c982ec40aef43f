import { jsonReply, type Reply } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { inconclusive, skip } from '../../check/gap.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { mayOverlap } from '../../evidence/overlap.ts'
import { isWhole } from '../../evidence/is-whole.ts'
import { duplicatesGet } from '../../faults/index.ts'

export default defineCheck({
  id: 'isolation/duplicate-request',
  title: 'The same request twice at the same time gets two whole replies',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'The platform sends a turn again, while the first is still open, when the reply is slow or the caller goes on',
    ...ELEVENLABS,
    seenIn: issue('elevenlabs/packages', 1_005),
  },
  effect: 'The call ends at the first slow turn, although the second try would have been answered.',
  fix: 'Treat every request alike: no lock, no cache of unfinished replies, no 409 for a conversation that is busy.',
  probes: ['silent-caller', 'chain'],
  // Which of two comes first is chance, so that one refused is judged whichever it is.
  needs: ['exchange', 'chance'],
  holdsAmongCalls: 'finished',
  *compare(evidence) {
    const own = evidence.filter((each) => !saysWhatIsMissing(each))
    const twins = own.filter((each) => own.some((other) => areTwins(each, other)))
    if (twins.length === 0) return skip('no request was sent twice at the same time')
    // Where both are refused, it is for what they ask.
    const told = twins.filter((each) =>
      twins.some((other) => isWhole(other) && (other === each || areTwins(each, other))),
    )
    if (told.length === 0) return inconclusive('neither of the two requests got a whole reply')
    const broken = told.filter((each) => !isWhole(each))
    // Of each two that were sent, or it was chance.
    if (broken.length * 2 < told.length) return undefined
    const [first, ...alike] = broken
    if (first) {
      yield {
        message: `Of two identical requests at the same time, one got a whole reply; the other ${fateOf(first)}.`,
        expected: 'two whole replies',
        evidence: first,
        alike,
      }
    }
    return undefined
  },
  mutants: {
    'duplicate-409': duplicatesGet(() =>
      jsonReply(409, { error: { message: 'A request for this conversation is being processed' } }),
    ),
    'duplicate-garbled': duplicatesGet((reply) => breakOff(reply)),
  },
  echoes: [
    'transport/status-ok',
    'transport/content-type',
    'transport/body-complete',
    'sse/done',
    'sse/event-terminated',
    'sse/data-is-json',
    'stream/no-chunks',
    'stream/empty-reply',
    'stream/cut-off',
    'stream/finish-reason-missing',
    'isolation/crossed-replies',
  ],
})

/** What is refused since nothing is kept, or no longer, is refused for itself. */
function saysWhatIsMissing({ wasRefused, errorText = '' }: Evidence): boolean {
  return wasRefused && /previous.response/i.test(errorText)
}

function areTwins(a: Evidence, b: Evidence): boolean {
  return a.exchange?.request.body === b.exchange?.request.body && mayOverlap(a, b)
}

function fateOf({ exchange, wasAccepted, spoken, calls }: Evidence): string {
  if (!exchange?.response) return 'got no response'
  if (!wasAccepted) return `was answered with status ${exchange.response.status}`
  return spoken.length === 0 && calls.length === 0 ? 'got an empty reply' : 'got half a reply'
}

function breakOff(reply: Reply): Reply {
  const half = reply.frames.slice(0, Math.ceil(reply.frames.length / 2))
  return { ...reply, frames: [...half, { kind: 'hang-up', atMs: 0, how: 'reset' }] }
}
