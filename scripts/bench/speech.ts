// Whether cutting an answer into sentences takes time linear in its length while none of them ends.
import { parseSpeechRule, playOut, speakableUnits } from '../../src/speech/index.ts'

const PIECE_CHARACTERS = 1_000
const SIZES = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000]
const RULES = ['elevenlabs-sentence', 'livekit', 'chars:99999']

/** Texts in which no unit ends, or hardly one. */
const TEXTS = {
  words: 'word ',
  'no space': 'a',
  'full stops': '.',
  abbreviations: 'Mr. ',
  combining: '\u0301',
}

function measure(text: string, count: number, rule: string, isOnePiece: boolean): number {
  const piece = text.repeat(PIECE_CHARACTERS / text.length)
  const texts = isOnePiece ? [piece.repeat(count)] : Array.from({ length: count }, () => piece)
  const pieces = ['x', ...texts].map((each) => ({ text: each, atMs: 0 }))
  const start = performance.now()
  playOut(speakableUnits(pieces, parseSpeechRule(rule)!, 0))
  return performance.now() - start
}

const row = (cells: readonly (string | number)[]) =>
  `${cells.map((cell, i) => (i < 3 ? String(cell).padEnd(20) : String(cell).padStart(8))).join('')}\n`

process.stdout.write(
  `Milliseconds for so many pieces of ${PIECE_CHARACTERS} characters, and how much twice as many take: linear is 2.\n` +
    row(['text', 'rule', 'pieces', ...SIZES, 'ratio']),
)
for (const [name, text] of Object.entries(TEXTS)) {
  for (const rule of RULES) {
    for (const isOnePiece of [true, false]) {
      const times = SIZES.map((count) => measure(text, count, rule, isOnePiece))
      const doublings = Math.log2(SIZES.at(-1)! / SIZES[0]!)
      const ratio = (times.at(-1)! / times[0]!) ** (1 / doublings)
      process.stdout.write(
        row([
          name,
          rule,
          isOnePiece ? 'one' : 'many',
          ...times.map((ms) => ms.toFixed(0)),
          ratio.toFixed(2),
        ]),
      )
    }
  }
}
process.stdout.write(`peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MB\n`)
