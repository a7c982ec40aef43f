import fc from 'fast-check'
import { gatewayFaults } from '../../scripts/gateway-words.ts'
import type { Outcome, TurnRecord } from '../../src/gateway/account/turn-record.ts'
import { turnRecord as goodTurn } from './turn-record.ts'
import type { UpstreamFault } from '../../src/gateway/upstream/upstream-error.ts'

/** A turn of some caller that went well, but for what a test says. */
export function turnRecord(differences: Partial<TurnRecord> = {}): TurnRecord {
  return goodTurn({
    id: 'req-1',
    startedAt: '2026-11-27T20:00:00.000Z',
    key: 'line-one',
    conversation: 'conv-1',
    attempts: [{ upstream: 'openai', model: 'gpt-5-mini', fault: null, why: null, ms: 900 }],
    firstContentMs: 400,
    firstSentenceMs: 700,
    longestGapMs: 120,
    totalMs: 1_500,
    usage: { input: 20, output: 30, source: 'upstream' },
    content: { asked: 'Hello', said: 'Good day.' },
    ...differences,
  })
}

export const OUTCOMES: readonly Outcome[] = [
  'answered',
  'apologized',
  'refused',
  'failed',
  'client-left',
  'superseded',
  'drained',
]
export const FAULTS = Object.keys(gatewayFaults) as readonly UpstreamFault[]

const names = fc.constantFrom('a', 'b', 'c d', 'e"\\\n')
const times = fc.option(fc.integer({ min: 0, max: 100_000 }))

/** Any turn that there may be. */
export const turnRecords: fc.Arbitrary<TurnRecord> = fc
  .record({
    key: fc.option(names),
    model: fc.option(names),
    isStreamed: fc.boolean(),
    outcome: fc.constantFrom(...OUTCOMES),
    attempts: fc.array(
      fc.record({
        upstream: names,
        model: fc.string(),
        fault: fc.option(fc.constantFrom(...FAULTS)),
        why: fc.option(fc.string()),
        ms: fc.nat(9_999),
      }),
      { maxLength: 4 },
    ),
    firstContentMs: times,
    firstSentenceMs: times,
    longestGapMs: times,
    totalMs: fc.nat(100_000),
    usage: fc.option(
      fc.record({
        input: fc.nat(9_999),
        output: fc.nat(9_999),
        source: fc.constantFrom('upstream' as const, 'counted' as const),
      }),
    ),
    bufferWords: fc.nat(2),
    cache: fc.constantFrom('off' as const, 'miss' as const, 'hit' as const),
    isShared: fc.boolean(),
  })
  .map(turnRecord)
