import { createHash } from 'node:crypto'
import type { Requests } from './requests.ts'

/** What tells whether two runs asked the same: how much, and a digest of all of it. */
export interface Asked {
  readonly requests: number
  readonly meanCharacters: number
  readonly digest: string
}

/** Enough to tell requests apart by, and too little to find out by guessing what secrets they held. */
const DIGEST_CHARACTERS = 8

/** Describes what is asked without telling it: it may hold what callers said, and secrets. */
export function describeAsked({ bodies, scripts }: Requests): Asked {
  const texts = bodies.map((body) => JSON.stringify(body))
  const hash = createHash('sha256')
  for (const text of texts) hash.update(text).update('\n')
  hash.update(JSON.stringify(scripts))
  return {
    requests: bodies.length,
    meanCharacters: Math.round(
      texts.reduce((sum, { length }) => sum + length, 0) / Math.max(1, texts.length),
    ),
    digest: hash.digest('hex').slice(0, DIGEST_CHARACTERS),
  }
}
