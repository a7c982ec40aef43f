import { BOUNDS, type End, type FailureReason } from '../../../wire/index.ts'
import { defineCheck, type Observation } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import { issue, rfc } from '../../check/sources.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { insertMidway } from '../../faults/index.ts'

export default defineCheck({
  id: 'transport/body-complete',
  title: 'The body ends as its framing promised',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'A message that ends before its last chunk or its Content-Length is incomplete',
    ...rfc(9112, '8'),
    seenIn: issue('dstackai/dstack', 1208),
  },
  effect:
    'Clients raise "incomplete chunked read" or "terminated": the turn is lost in mid-sentence.',
  fix: 'Look for an exception in your generator, or a timeout in a proxy: the connection was dropped, not closed.',
  probes: 'every-stream',
  needs: ['response'],
  *inspect(evidence) {
    const { exchange, body } = evidence
    const excess = evidence.excess ?? evidence.reading.excess
    if (!excess && !exchange) return skip('only the body is known')
    const seen = excess
      ? describeExcess(excess)
      : describe(exchange.end, body.length, announced(evidence))
    if (seen) yield seen
    return undefined
  },
  mutants: { 'socket-destroy': insertMidway({ kind: 'hang-up', atMs: 0, how: 'reset' }) },
  echoes: [
    'sse/done',
    'sse/event-terminated',
    'sse/data-is-json',
    'stream/no-chunks',
    'stream/cut-off',
    'stream/empty-reply',
    'stream/finish-reason-missing',
    'stream/include-usage',
    'tools/arguments-json',
    'tools/arguments-empty',
  ],
})

/** The Content-Length, which a compressed body does not have. */
function announced(evidence: Evidence): string | undefined {
  return evidence.header('content-encoding') === undefined
    ? evidence.header('content-length')
    : undefined
}

function describe(end: End, bytes: number, length: string | undefined): Observation | undefined {
  const ms = `${Math.round(end.atMs)} ms`
  const after =
    bytes === 0
      ? `before the first byte of the body, after ${ms}`
      : `after ${bytes} bytes and ${ms}`
  const expected = 'the end of the body'
  switch (end.how) {
    case 'failed':
      if (end.reason === 'premature-end' && length !== undefined) {
        return {
          message: `The connection was closed ${after}; Content-Length announces ${length} bytes.`,
          expected,
          actual: end.code,
          fix: 'Look for an exception in your generator; if there is none, leave Content-Length out of a stream, or count bytes, not characters.',
        }
      }
      return {
        message: `The connection broke ${after}: ${REASONS[end.reason] ?? end.reason}.`,
        expected,
        actual: end.reason === 'malformed' ? end.message : end.code,
        ...FIXES[end.reason],
      }
    case 'timeout':
      return {
        message:
          bytes === 0
            ? `Status and headers came, but no byte of the body within ${ms}.`
            : `The body did not end; recording stopped ${after}.`,
        expected,
        actual: 'still open',
        fix: `${bytes === 0 ? 'Look for what your generator waits for before it writes' : 'End the response after its last event'}; raise --timeout if it is only slow.`,
      }
    default:
      return undefined
  }
}

function describeExcess(excess: keyof typeof WORDS): Observation {
  const bound = `${BOUNDS.answer[excess].toLocaleString('en')} ${WORDS[excess]}`
  return {
    message: `The answer has more than ${bound}; no more of it was read.`,
    expected: 'the end of the body',
    actual: 'still sending',
    fix: 'Look for a loop in your generator that never ends, and limit the length of replies (max_tokens, or max_output_tokens).',
  }
}

const WORDS = {
  bytes: 'bytes',
  reads: 'pieces',
  lines: 'lines',
  values: 'JSON values',
  choices: 'choices',
  calls: 'tool calls',
}

const REASONS: Partial<Record<FailureReason, string>> = {
  reset: 'it was reset',
  'premature-end': 'it was closed before the body was complete',
  'content-length': 'the body length does not match Content-Length',
  malformed: 'the body is not valid HTTP/1.1 framing',
}

const FIXES: Partial<Record<FailureReason, Pick<Observation, 'fix'>>> = {
  'content-length': { fix: 'Leave Content-Length out of a stream: its length is not known.' },
  malformed: {
    fix: 'Leave the framing to your HTTP server: it writes sizes of chunks and their ends.',
  },
}
