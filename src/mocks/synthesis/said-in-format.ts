import { isInFormat } from './held-formats.ts'

/** Formats that words are in only where they are meant to be. */
const TELLING = new Set(['date', 'date-time', 'email', 'uri', 'url', 'uuid', 'ipv4', 'ipv6'])
const LAST = /end|until|return|last|(?:^|_)to$|check_?out/i

/** The caller's word that is in a format: the first, or the last where the member's name says so. */
export function saidInFormat(said: string, format: string, name: string): string | undefined {
  if (!TELLING.has(format)) return undefined
  const words = said
    .split(/\s+/)
    .map((word) => word.replaceAll(/^["'(<[]+|["')>\].,;:!?]+$/g, ''))
    .filter((word) => isInFormat(word, format))
  return LAST.test(name) ? words.at(-1) : words[0]
}
