import { clock } from '../runtime.ts'
import { type Frame } from '../../wire/index.ts'
import { speakableUnits, speechRules, type TextPiece } from '../../speech/index.ts'
import type { Outcome, TokenUse, TurnOpening, TurnRecord } from '../account/turn-record.ts'
import type { Answering, Piece } from './answering.ts'

/** As nginx writes it down; nobody was there to be sent it. */
const CLIENT_LEFT = 499
/** So much text has a first sentence, or none. */
const MOST_CHARACTERS = 2_000

/** One who reads an answer, and what they heard when: frames for a stream, and the record of their turn. */
export class AnswerReader implements AsyncIterableIterator<Frame> {
  readonly #answering: Answering
  readonly #startedAt: number
  readonly #onOver: (reader: AnswerReader) => void
  #read = 0
  #outcome: Outcome | undefined
  #overAt = 0
  #hasLeft = false

  constructor(
    answering: Answering,
    options: { readonly startedAt: number; readonly onOver: (reader: AnswerReader) => void },
  ) {
    this.#answering = answering
    this.#startedAt = options.startedAt
    this.#onOver = options.onOver
    answering.enter(this)
  }

  async next(): Promise<IteratorResult<Frame, undefined>> {
    const { pieces } = this.#answering
    if (this.#read === pieces.length) await this.#answering.more(this.#read)
    if (this.#hasLeft) return OVER
    if (this.#read === pieces.length) {
      this.#end(outcomeOf(this.#answering))
      return OVER
    }
    let bytes = ''
    for (; this.#read < pieces.length; this.#read++) bytes += pieces[this.#read]!.text
    return { done: false, value: { kind: 'bytes', atMs: 0, bytes } }
  }

  async return(): Promise<IteratorResult<Frame, undefined>> {
    this.left()
    return OVER
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** The caller has hung up. */
  left(): void {
    this.#hasLeft = true
    // What it was given whole, it may leave.
    this.#end(this.#isWhole() ? outcomeOf(this.#answering) : 'client-left')
  }

  /** All is read, in one piece. */
  readWhole(): void {
    this.#read = this.#answering.pieces.length
    this.#end(outcomeOf(this.#answering))
  }

  #isWhole(): boolean {
    return this.#answering.ended !== undefined && this.#read === this.#answering.pieces.length
  }

  #end(outcome: Outcome): void {
    if (this.#outcome) return
    this.#outcome = outcome
    this.#overAt = clock.now()
    this.#answering.leave(this)
    this.#onOver(this)
  }

  /** What became of the turn. */
  record(opening: TurnOpening, content: TurnRecord['content']): TurnRecord {
    const { begun, attempts } = this.#answering
    const isShared = !this.#answering.isFor(this)
    const heard = this.#answering.pieces.slice(0, this.#read)
    const times = contentTimes(heard)
    const first = times[0]
    const gapsMs = times.slice(1).map((at, i) => at - times[i]!)
    const since = (at: number) => Math.max(0, at - this.#startedAt)
    return {
      ...opening,
      isShared,
      content,
      status: this.#status(opening),
      cache: this.#answering.cache,
      outcome: this.#outcome ?? 'failed',
      // Nobody was asked for a twin.
      attempts: isShared ? [] : [...attempts],
      upstream: begun?.upstream?.name ?? null,
      firstContentMs: first === undefined ? null : since(first),
      firstSentenceMs: firstSentence(heard, this.#overAt, since),
      longestGapMs: gapsMs.length > 0 ? Math.max(...gapsMs) : null,
      gapsMs,
      totalMs: since(this.#overAt),
      usage: isShared ? null : this.#usage(),
      finishReason: begun?.told.finishReason ?? null,
      bufferWords: heard.filter(({ what }) => what === 'buffer-words').length,
    }
  }

  /** As it was sent, or would have been. */
  #status({ isStreamed }: TurnOpening): number {
    const { pieces, failure } = this.#answering
    if (this.#outcome === 'client-left' && this.#read === 0) return CLIENT_LEFT
    if (!failure) return 200
    return isStreamed && pieces.length > 0 ? 200 : failure.status
  }

  #usage(): TokenUse | null {
    const { usage } = this.#answering
    if (!usage) return null
    const { prompt, completion, cached, reasoning } = usage
    return {
      input: prompt,
      output: completion,
      ...(cached !== undefined && { cached }),
      ...(reasoning !== undefined && { reasoning }),
      source: this.#answering.begun?.told.usage ? 'upstream' : 'counted',
    }
  }
}

const OVER: IteratorReturnResult<undefined> = { done: true, value: undefined }

function outcomeOf({ ended = 'left' }: Answering): Outcome {
  return ended === 'left' ? 'client-left' : ended
}

/** When the model itself said something. */
function contentTimes(pieces: readonly Piece[]): number[] {
  return pieces.filter(({ what, isContent }) => what === 'answer' && isContent).map(({ at }) => at)
}

function firstSentence(
  pieces: readonly Piece[],
  overAt: number,
  since: (at: number) => number,
): number | null {
  const texts: TextPiece[] = []
  let length = 0
  for (const piece of pieces) {
    if (length > MOST_CHARACTERS) break
    const text = piece.what === 'answer' ? piece.said : ''
    length += text.length
    if (text !== '') texts.push({ text, atMs: piece.at })
  }
  const [unit] = speakableUnits(texts, speechRules['elevenlabs-sentence'], overAt)
  return unit ? since(unit.confirmedAtMs) : null
}
