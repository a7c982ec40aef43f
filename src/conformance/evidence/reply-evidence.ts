import {
  type Call,
  type Json,
  parseJson,
  type Reading,
  type TextPiece,
} from '../../protocol/index.ts'
import type { SpeakableUnit } from '../../speech/index.ts'
import type { SseEvent } from '../../wire/index.ts'
import { noncesIn } from './nonces.ts'
import { StreamEvidence } from './stream-evidence.ts'
import { type Timing, timingOf } from './timing.ts'
import { unitsOf } from './units-of.ts'

interface Essence {
  readonly timing: Timing
  readonly counts: { readonly chunks: number; readonly choices: number }
  readonly nonces: ReadonlySet<string>
}

/** What an answer says, and when, whatever its dialect. */
export abstract class ReplyEvidence extends StreamEvidence {
  #essence: Essence | undefined

  abstract get reading(): Reading

  /** The event that says that there is no more; `undefined` where none does. */
  abstract get done(): SseEvent | undefined

  /** The pieces that carry text. */
  get spoken(): readonly TextPiece[] {
    return this.once('spoken', () => this.reading.pieces.filter((piece) => piece.kind === 'text'))
  }

  /** All of it, one choice after the other as it came. */
  get text(): string {
    return this.once('text', () => this.spoken.map(({ text }) => text).join(''))
  }

  /** The pieces by choice. */
  get spokenByChoice(): ReadonlyMap<number, readonly TextPiece[]> {
    return this.once('spokenByChoice', () => {
      const [first] = this.spoken
      const isOne = this.spoken.every(({ choice }) => choice === first?.choice)
      return first && isOne
        ? new Map([[first.choice, this.spoken]])
        : Map.groupBy(this.spoken, ({ choice }) => choice)
    })
  }

  /** The text of each choice that has some, and its pieces. */
  get texts(): readonly { readonly text: string; readonly spoken: readonly TextPiece[] }[] {
    return this.once('texts', () =>
      [...this.spokenByChoice.values()].map((spoken) => ({
        text: spoken.map(({ text }) => text).join(''),
        spoken,
      })),
    )
  }

  /** The sentences of the reply, as a voice is given them. */
  get units(): readonly SpeakableUnit[] {
    return this.once('units', () => unitsOf(this))
  }

  /** The tool calls of all choices. */
  get calls(): readonly Call[] {
    return this.reading.calls
  }

  /** The arguments of each that takes JSON; `undefined` where they are none. */
  get callArguments(): ReadonlyMap<Call, Json | undefined> {
    return this.once('callArguments', () => {
      const inJson = this.calls.filter(({ takesText }) => takesText !== true)
      return new Map(inJson.map((call) => [call, parseJson(call.arguments)]))
    })
  }

  /** When its parts came. */
  get timing(): Timing {
    return this.#kept.timing
  }

  /** How many chunks and choices there are. */
  get counts(): Essence['counts'] {
    return this.#kept.counts
  }

  /** The words in the reply that one probe alone sends. */
  get nonces(): ReadonlySet<string> {
    return this.#kept.nonces
  }

  /** What is small, and is still asked for when all else was forgotten. */
  get #kept(): Essence {
    return (this.#essence ??= {
      timing: timingOf(this, this.units),
      counts: { chunks: this.reading.parts, choices: this.reading.choices.length },
      nonces: noncesIn(this.text),
    })
  }
}
