import type { TurnRecord } from '../../src/gateway/account/turn-record.ts'

/** A turn that went well, but for what is said of it. */
export function turnRecord(parts: Partial<TurnRecord> = {}): TurnRecord {
  return {
    id: 'req_1',
    startedAt: '2026-11-27T12:00:00.000Z',
    key: null,
    model: 'voice',
    conversation: null,
    isStreamed: true,
    status: 200,
    outcome: 'answered',
    attempts: [{ upstream: 'openai', model: 'gpt', fault: null, why: null, ms: 10 }],
    upstream: 'openai',
    firstContentMs: 300,
    firstSentenceMs: 400,
    longestGapMs: 50,
    totalMs: 900,
    usage: { input: 10, output: 20, source: 'upstream' },
    finishReason: 'stop',
    bufferWords: 0,
    cache: 'off',
    isShared: false,
    content: { asked: 'Hi', said: 'Hello.' },
    ...parts,
  }
}
