import { pause } from './pause.ts'

/** Counts and cuts text as OpenAI's current models do (encoding `o200k_base`). */
export interface Tokenizer {
  /** The tokens of texts, together; others get their turn while long ones are counted. */
  readonly count: (texts: readonly string[]) => Promise<number>
  /** The longest start of a text that is within so many tokens; a grapheme is never split. */
  readonly first: (text: string, tokens: number) => Promise<string>
}

/** Characters counted at a time: to join tokens takes time by the square of what has no break. */
const PIECE = 128
/** Before its second character no token of the first one goes on, and one begins. */
const BREAK = /^(?:\S \S|\p{L}[^\s\p{L}\p{M}\p{N}'’]\p{L})/u

let loading: Promise<Tokenizer> | undefined

/** Loads the vocabulary on first use: it costs more than the rest of the server together. */
export function loadTokenizer(): Promise<Tokenizer> {
  loading ??= import('gpt-tokenizer/encoding/o200k_base').then(({ encode }) => {
    // Text that spells a special token is text.
    const plain = { disallowedSpecial: new Set<string>() }
    const count: Tokenizer['count'] = async (texts) => {
      let tokens = 0
      for (const text of texts) {
        for (let from = 0; from < text.length;) {
          const to = endOfPiece(text, from)
          tokens += encode(text.slice(from, to), plain).length
          from = to
          await pause()
        }
      }
      return tokens
    }
    return { count, first: (text, tokens) => longestWithin(text, tokens, count) }
  })
  return loading
}

/** Where a piece ends: at its last break; what has none is cut, and counted about right. */
function endOfPiece(text: string, from: number): number {
  const end = from + PIECE
  if (end >= text.length) return text.length
  for (let at = end; at > from + 1; at--) {
    if (BREAK.test(text.slice(at - 1, at + 2))) return at
  }
  return end
}

async function longestWithin(
  text: string,
  tokens: number,
  count: Tokenizer['count'],
): Promise<string> {
  const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
  const ends = [...graphemes.segment(text)].map(({ index, segment }) => index + segment.length)
  let within = 0
  let beyond = ends.length
  while (within < beyond) {
    const middle = Math.ceil((within + beyond) / 2)
    if ((await count([text.slice(0, ends[middle - 1])])) <= tokens) within = middle
    else beyond = middle - 1
  }
  return text.slice(0, ends[within - 1] ?? 0)
}
