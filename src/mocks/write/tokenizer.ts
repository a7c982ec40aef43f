import { pause, Recent } from '../../wire/index.ts'

/**
 * A token: its text, with escapes where its bytes are none, and its bytes.
 *
 * @see https://cookbook.openai.com/examples/using_logprobs for escapes
 */
export interface Token {
  readonly token: string
  readonly bytes: readonly number[]
}

/** Counts and cuts text as OpenAI's current models do (encoding `o200k_base`). */
export interface Tokenizer {
  /** The tokens of texts, together; others get their turn while long ones are counted. */
  readonly count: (texts: readonly string[]) => Promise<number>
  /** The longest start of a text that is within so many tokens; a grapheme is never split. */
  readonly first: (text: string, tokens: number) => Promise<string>
  readonly split: (text: string) => Promise<readonly Token[]>
  /** So many other tokens that may stand in the place of one; `at` picks which. */
  readonly alternatives: (to: Token, at: number, amount: number) => readonly Token[]
}

/** Characters counted at a time: to join tokens takes time by the square of what has no break. */
const PIECE = 128
/** Before its second character no token of the first one goes on, and one begins. */
const BREAK = /^(?:\S \S|\p{L}[^\s\p{L}\p{M}\p{N}'’]\p{L})/u

/** Prompts and turns come again with each request: texts whose tokens are known, and their length at most. */
const MAX_KNOWN = 256
const MAX_KNOWN_LENGTH = 16_384

let loading: Promise<Tokenizer> | undefined

/** Loads the vocabulary on first use: it costs more than the rest of the server together. */
export function loadTokenizer(): Promise<Tokenizer> {
  loading ??= load()
  return loading
}

async function load(): Promise<Tokenizer> {
  const { encode } = await import('gpt-tokenizer/encoding/o200k_base')
  // What the encoding has loaded.
  const { default: vocabulary } = await import('gpt-tokenizer/bpeRanks/o200k_base')
  // Text that spells a special token is text.
  const plain = { disallowedSpecial: new Set<string>() }
  async function* encoded(text: string) {
    for (let from = 0; from < text.length;) {
      const to = endOfPiece(text, from)
      yield encode(text.slice(from, to), plain)
      from = to
      await pause()
    }
  }
  const tokensIn = async (text: string) => {
    let tokens = 0
    for await (const ids of encoded(text)) tokens += ids.length
    return tokens
  }
  const known = new Recent<string, number>(MAX_KNOWN)
  const count: Tokenizer['count'] = async (texts) => {
    let tokens = 0
    for (const text of texts) {
      const some = known.get(text) ?? (await tokensIn(text))
      if (text.length <= MAX_KNOWN_LENGTH) known.set(text, some)
      tokens += some
    }
    return tokens
  }
  const split: Tokenizer['split'] = async (text) => {
    const tokens: Token[] = []
    for await (const ids of encoded(text)) tokens.push(...ids.map((id) => tokenOf(vocabulary[id]!)))
    return tokens
  }
  return {
    count,
    first: (text, tokens) => longestWithin(text, tokens, tokensIn),
    split,
    alternatives: alternativesIn(vocabulary),
  }
}

const utf8 = new TextEncoder()

function tokenOf(entry: string | readonly number[]): Token {
  if (typeof entry === 'string') return { token: entry, bytes: [...utf8.encode(entry)] }
  const written = entry.map((byte) =>
    byte >= 0x20 && byte < 0x7f
      ? String.fromCharCode(byte)
      : `\\x${byte.toString(16).padStart(2, '0')}`,
  )
  return { token: written.join(''), bytes: entry }
}

/** Tokens that come often stand first in the vocabulary. */
const COMMON = 10_000
const KINDS = [/^ [a-z]+$/i, /^[a-z]+$/i, /^[!-/:-@[-`{-~]+$/]

/** A token may give way to one of its kind: a word, what goes on with one, a sign. */
function alternativesIn(vocabulary: readonly (string | number[])[]): Tokenizer['alternatives'] {
  let kinds: readonly (readonly Token[])[] | undefined
  return ({ token }, at, amount) => {
    kinds ??= KINDS.map((kind) =>
      vocabulary
        .slice(0, COMMON)
        .filter((entry) => typeof entry === 'string' && kind.test(entry))
        .map(tokenOf),
    )
    const kind = kinds[KINDS.findIndex((each) => each.test(token))] ?? kinds[0]!
    // One more than is wanted, since the token itself may be among them.
    return Array.from({ length: amount + 1 }, (_, i) => kind[(at + i) % kind.length]!)
      .filter((each) => each.token !== token)
      .slice(0, amount)
  }
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
  tokensIn: (text: string) => Promise<number>,
): Promise<string> {
  const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
  const ends = [...graphemes.segment(text)].map(({ index, segment }) => index + segment.length)
  let within = 0
  let beyond = ends.length
  while (within < beyond) {
    const middle = Math.ceil((within + beyond) / 2)
    if ((await tokensIn(text.slice(0, ends[middle - 1]))) <= tokens) within = middle
    else beyond = middle - 1
  }
  return text.slice(0, ends[within - 1] ?? 0)
}
