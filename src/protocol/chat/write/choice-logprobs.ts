import type { TokenLogprob } from '../../answer.ts'

/** What a choice tells of its tokens. */
export interface ChoiceLogprobs {
  readonly content: readonly TokenLogprob[] | null
  readonly refusal: readonly TokenLogprob[] | null
}
