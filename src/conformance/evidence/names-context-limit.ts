/** Of an error; what it says of a limit stands near its start. */
const MAX_CHARACTERS = 1_000

/** Of a prompt, not of what is asked for; Groq counts the tokens of a minute, and answers 413 to a request that has more of them. */
const CONTEXT_LIMIT =
  /context[ _](?:length|window|size|limit)|n_ctx|too many tokens|(?:prompt|input) is too long|tokens per minute|token limit exceeded|reduce the length|range of input length|maximum(?! output)[\w ]{0,100}tokens|(?:prompt|input) length|(?:input|prompt|total)s?\b[^.]{0,60}\btokens?\b[^.]{0,60}(?:limit|<=|less than|at most|exceed)|(?:input|prompt|total) tokens[^.]{0,40}(?:limit|exceed)|must have less than \d+ tokens/i
/** Says that it is the size of the body, or of the reply. */
const OTHER_LIMIT = /\bbytes\b|max_tokens must|maximum output tokens/i

/** Whether an error says that a request is too long for the model, rather than for the server. */
export function namesContextLimit(words: string): boolean {
  const start = words.slice(0, MAX_CHARACTERS)
  return CONTEXT_LIMIT.test(start) && !OTHER_LIMIT.test(start)
}
