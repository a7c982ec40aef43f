/** Of an error; what it says of a limit stands near its start. */
const MAX_CHARACTERS = 1_000

/** Groq counts the tokens of a minute, and answers 413 to a request that has more of them. */
const CONTEXT_LIMIT =
  /context[ _](?:length|window|size|limit)|n_ctx|too many tokens|maximum.*tokens|(?:prompt|input) is too long|tokens per minute/i

/** Whether an error says that a request is too long for the model, rather than for the server. */
export function namesContextLimit(words: string): boolean {
  return CONTEXT_LIMIT.test(words.slice(0, MAX_CHARACTERS))
}
