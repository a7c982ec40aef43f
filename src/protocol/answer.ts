/** Why an answer ends. */
export type FinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter' | 'function_call'

/** What is to be said in one choice, whatever the dialect: words or calls, and why it ends. */
export interface Answer {
  readonly text: string
  /** Where the text is said in several messages, for dialects that have these: their places in it. */
  readonly messages?: readonly MessagePlace[]
  readonly calls: readonly PlannedCall[]
  readonly finishReason: FinishReason
  readonly reasoning?: string
  readonly refusal?: string
  /** Said at once, while the rest is waited for. */
  readonly bufferWords?: string
  /** Sends the fragments of parallel calls in turn. */
  readonly interleave?: boolean
  /** What is said, with the probabilities of its tokens. */
  readonly scored?: Readonly<Record<'bufferWords' | 'text' | 'refusal', readonly ScoredText[]>>
}

/** A message among several of one answer. */
interface MessagePlace {
  readonly phase?: Phase
  readonly from: number
  readonly to: number
}

/** What a message is for: to say what goes on, or to answer. */
export type Phase = 'commentary' | 'final_answer'

/** A tool call that was decided on. */
export interface PlannedCall {
  readonly name: string
  /** JSON, unless something else is wanted. */
  readonly arguments: string
  /** Derived from the request when absent. */
  readonly id?: string
  /** How its tool is offered; as a function, when absent. `legacy` is one of `functions`. */
  readonly kind?: 'function' | 'custom' | 'legacy'
}

/** A part of a text that ends where a grapheme and a token do. */
export interface ScoredText {
  readonly text: string
  readonly tokens: readonly TokenLogprob[]
}

/** A token of an answer, and the likeliest there. */
export interface TokenLogprob extends Likely {
  readonly top_logprobs: readonly Likely[]
}

/** A token, and the logarithm of its probability. */
interface Likely {
  readonly token: string
  readonly bytes: readonly number[]
  readonly logprob: number
}
