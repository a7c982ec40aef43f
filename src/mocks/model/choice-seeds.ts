import { type ChatRequest, fingerprint } from '../../protocol/index.ts'

/** Gives the seed of each choice. The messages, which may be long, are hashed once, when first asked. */
export function choiceSeeds(
  seed: number,
  messages: ChatRequest['messages'],
): (choice: number) => number {
  let first: number | undefined
  return (choice) => {
    first ??= fingerprint(seed, 0, messages)
    return choice === 0 ? first : fingerprint(first, choice)
  }
}
