/** What an answer says that was given whole, not as a stream; of several choices, the first. */
export interface WholeAnswer {
  /** What it is called. */
  readonly id: string
  readonly reasoning: string
  readonly text: string
  readonly refusal: string
  readonly calls: readonly {
    readonly name: string
    readonly id: string
    readonly arguments: string
  }[]
  /** In the words of chat completions; `undefined` where it came to its usual end. */
  readonly finishReason: string | undefined
}
