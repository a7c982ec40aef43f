import type { ScoredText, TokenLogprob } from '../../protocol/index.ts'
import type { Budget } from '../effort/budget.ts'
import type { Random } from '../pacing/draw.ts'
import { pause } from '../../wire/index.ts'
import { loadTokenizer, type Token } from './tokenizer.ts'

export interface ScoreOptions {
  /** How many of the likeliest tokens to tell of each. */
  readonly top: number
  readonly random: Random
  readonly budget: Budget
}

/**
 * Makes up how likely each token of a text was: itself always most, as without temperature.
 *
 * @see https://platform.openai.com/docs/api-reference/chat/object (`logprobs`)
 * @throws BudgetError where the budget has not so many left.
 */
export async function tokenLogprobs(
  text: string,
  { top, random, budget }: ScoreOptions,
): Promise<readonly ScoredText[]> {
  const { split, alternatives } = await loadTokenizer()
  const tokens = await split(text)
  budget.spend('probabilities', tokens.length * (1 + top), 'logprobs')
  const scored: TokenLogprob[] = []
  for (const token of tokens) {
    const first = Math.floor(random() * 1_000)
    const [chosen, ...others] = likely([token, ...alternatives(token, first, top - 1)], random)
    scored.push({ ...chosen!, top_logprobs: [chosen!, ...others].slice(0, top) })
    await pause()
  }
  return inPieces(text, scored)
}

/** Most tokens are all but certain; each of the others has a part of what is left. */
function likely(tokens: readonly Token[], random: Random): Omit<TokenLogprob, 'top_logprobs'>[] {
  let left = 1
  let last = 1 - 0.6 * (1 - random()) ** 4
  return tokens.map(({ token, bytes }, i) => {
    if (i > 0) last = Math.min(last, left * (0.5 + 0.3 * random()))
    left -= last
    return { token, logprob: Number(Math.log(last).toPrecision(8)), bytes }
  })
}

let graphemes: Intl.Segmenter | undefined
const utf8 = new TextEncoder()

function inPieces(text: string, tokens: readonly TokenLogprob[]): ScoredText[] {
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  const pieces: ScoredText[] = []
  let [from, taken, bytes, bytesTaken] = [0, 0, 0, 0]
  let next = 0
  for (const { index, segment } of graphemes.segment(text)) {
    bytes += utf8.encode(segment).length
    while (bytesTaken < bytes) bytesTaken += tokens[next++]!.bytes.length
    if (bytesTaken > bytes) continue
    const to = index + segment.length
    pieces.push({ text: text.slice(from, to), tokens: tokens.slice(taken, next) })
    from = to
    taken = next
  }
  return pieces
}
