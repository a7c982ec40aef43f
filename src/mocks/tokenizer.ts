/** Counts and cuts text as OpenAI's current models do (encoding `o200k_base`). */
export interface Tokenizer {
  readonly count: (text: string) => number
  /** The first tokens of a text, never cut inside a character. */
  readonly first: (text: string, tokens: number) => string
}

let loading: Promise<Tokenizer> | undefined

/** Loads the vocabulary on first use: it costs more than the rest of the server together. */
export function loadTokenizer(): Promise<Tokenizer> {
  loading ??= import('gpt-tokenizer/encoding/o200k_base').then(({ encode, decode }) => {
    // Text that spells a special token is text.
    const plain = { disallowedSpecial: new Set<string>() }
    return {
      count: (text) => encode(text, plain).length,
      first: (text, tokens) => decode(encode(text, plain).slice(0, tokens)).replace(/\uFFFD+$/, ''),
    }
  })
  return loading
}
