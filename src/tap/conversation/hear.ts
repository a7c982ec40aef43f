import { type Dialect, ExchangeReading, parseJson } from '../../protocol/index.ts'
import {
  playOut,
  type PlayoutOptions,
  speakableUnits,
  speechRules,
  type SpeechRule,
  spokenPart,
  type TextPiece,
} from '../../speech/index.ts'
import { concatArrivals, type Exchange } from '../../wire/index.ts'

/** When a voice is handed text, and how fast it speaks. */
export interface HearingOptions extends PlayoutOptions {
  /** That of ElevenLabs, when absent. */
  readonly rule?: SpeechRule
}

/** What the caller heard of an answer, and when, in milliseconds from the request. */
export interface Heard {
  /** `null` for an answer without words. */
  readonly firstContentMs: number | null
  /** When the voice could begin; `null` where nothing was to be spoken. */
  readonly firstSentenceMs: number | null
  /** How long the voice had run dry before the answer was over. */
  readonly deadAirMs: number
}

/** An answer as it was heard, its text, and what it is called. */
export interface HeardText extends Heard {
  readonly text: string
  readonly id: string | undefined
}

/** Hears an answer, be it streamed or whole. */
export function hear(exchange: Exchange, options: HearingOptions = {}): HeardText {
  const { rule = speechRules['elevenlabs-sentence'], ...playout } = options
  const { id, pieces, endMs } = spokenIn(exchange)
  const spoken = spokenPart(pieces)
  const units = speakableUnits(spoken, rule, endMs)
  return {
    firstContentMs: pieces[0]?.atMs ?? null,
    firstSentenceMs: units[0]?.confirmedAtMs ?? null,
    deadAirMs: playOut(units, playout).deadAirMs,
    text: spoken.map(({ text }) => text).join(''),
    id,
  }
}

interface Spoken {
  readonly id: string | undefined
  readonly pieces: readonly TextPiece[]
  /** When it was known that no more would come. */
  readonly endMs: number | undefined
}

const NOTHING: Spoken = { id: undefined, pieces: [], endMs: undefined }

/** Platforms speak the first choice. */
function spokenIn(exchange: Exchange): Spoken {
  const answer = new ExchangeReading(exchange)
  if (answer.bounded.excess !== undefined) return NOTHING
  const { events } = answer.stream
  if (events.length === 0) return spokenAtOnce(exchange, answer.dialect)
  const timeOf = ({ event }: { readonly event: number }) => events[event]!.atMs ?? 0
  const { id, pieces } = answer.reading
  const finish = pieces.find(({ kind }) => kind === 'finish')
  return {
    id,
    pieces: pieces
      .filter((piece) => piece.kind === 'text')
      .filter(({ choice }) => choice === 0)
      .map((piece) => ({ text: piece.text, atMs: timeOf(piece) })),
    endMs: finish && timeOf(finish),
  }
}

function spokenAtOnce({ arrivals, decoded, end }: Exchange, dialect: Dialect): Spoken {
  const json = parseJson(new TextDecoder().decode(concatArrivals(decoded ?? arrivals)))
  const whole = dialect.readWhole(json)
  if (!whole) return NOTHING
  const { id, text } = whole
  const atMs = arrivals.at(-1)?.atMs ?? end.atMs
  return { id, pieces: text === '' ? [] : [{ text, atMs }], endMs: atMs }
}
