import { fingerprint } from '../../protocol/index.ts'

/** Said where nothing else is configured. */
const OF_OUR_OWN = ['Let me see... ', 'One moment... ', 'Just a second... ']

/** Chooses among buffer words by the request and a seed; each is made to end as a voice needs it. */
export function chooseBufferWords(
  words: readonly string[] | undefined,
  body: string,
  seed: number,
): string {
  const list = words && words.length > 0 ? words : OF_OUR_OWN
  const chosen = list[fingerprint(seed, body) % list.length]!
  return asFiller(chosen)
}

/** They end in an ellipsis and a space: without the space, what follows is joined to them. */
function asFiller(words: string): string {
  return `${words.trim().replace(/[.…\s]+$/u, '')}... `
}
