/** Counts and cuts text as OpenAI's current models do (encoding `o200k_base`). */
export interface Tokenizer {
  readonly count: (text: string) => number
  /** The longest start of a text that is within so many tokens; a grapheme is never split. */
  readonly first: (text: string, tokens: number) => string
}

let loading: Promise<Tokenizer> | undefined

/** Loads the vocabulary on first use: it costs more than the rest of the server together. */
export function loadTokenizer(): Promise<Tokenizer> {
  loading ??= import('gpt-tokenizer/encoding/o200k_base').then(({ encode }) => {
    // Text that spells a special token is text.
    const plain = { disallowedSpecial: new Set<string>() }
    const count = (text: string) => encode(text, plain).length
    return { count, first: (text, tokens) => longestWithin(text, tokens, count) }
  })
  return loading
}

function longestWithin(text: string, tokens: number, count: (text: string) => number): string {
  const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
  const ends = [...graphemes.segment(text)].map(({ index, segment }) => index + segment.length)
  let within = 0
  let beyond = ends.length
  while (within < beyond) {
    const middle = Math.ceil((within + beyond) / 2)
    if (count(text.slice(0, ends[middle - 1])) <= tokens) within = middle
    else beyond = middle - 1
  }
  return text.slice(0, ends[within - 1] ?? 0)
}
