import type { TextRedactor } from './text-redactor.ts'
import type { Attempt, TurnRecord } from './turn-record.ts'

/** What the log says of a request: nothing but this. */
export class TurnLine {
  readonly id: string
  readonly conversation: string | null
  readonly key: string | null
  readonly model: string | null
  readonly stream: boolean
  readonly status: number
  readonly outcome: TurnRecord['outcome']
  readonly upstream: string | null
  readonly attempts: readonly Attempt[]
  readonly firstContentMs: number | null
  readonly firstSentenceMs: number | null
  readonly longestGapMs: number | null
  readonly totalMs: number
  readonly usage: TurnRecord['usage']
  readonly finishReason: string | null
  readonly bufferWords: number
  readonly cache: TurnRecord['cache']
  readonly shared: boolean
  readonly asked?: string
  readonly said?: string

  constructor(record: TurnRecord, redactor: TextRedactor, hasContent: boolean) {
    const { usage, content } = record
    const nameOf = (text: string | null) => (text === null ? null : redactor.name(text))
    this.id = redactor.name(record.id)
    this.conversation = nameOf(record.conversation)
    this.key = nameOf(record.key)
    this.model = nameOf(record.model)
    this.stream = record.isStreamed
    this.status = record.status
    this.outcome = record.outcome
    this.upstream = nameOf(record.upstream)
    this.attempts = record.attempts.map(({ upstream, model, fault, why, ms }) => ({
      upstream: redactor.name(upstream),
      model: redactor.name(model),
      fault,
      why: why === null ? null : redactor.foreign(why),
      ms: rounded(ms),
    }))
    this.firstContentMs = roundedOrNull(record.firstContentMs)
    this.firstSentenceMs = roundedOrNull(record.firstSentenceMs)
    this.longestGapMs = roundedOrNull(record.longestGapMs)
    this.totalMs = rounded(record.totalMs)
    this.usage = usage
    this.finishReason = record.finishReason === null ? null : redactor.foreign(record.finishReason)
    this.bufferWords = record.bufferWords
    this.cache = record.cache
    this.shared = record.isShared
    if (hasContent) {
      this.asked = redactor.content(content.asked)
      this.said = redactor.content(content.said)
    }
  }
}

const roundedOrNull = (ms: number | null) => (ms === null ? null : rounded(ms))

/** What is less than a tenth of a millisecond is noise. */
function rounded(ms: number): number {
  return Math.round(ms * 10) / 10
}
