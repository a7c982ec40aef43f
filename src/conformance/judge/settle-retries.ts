import { mayBeChance } from '../evidence/may-be-chance.ts'
import type { Judgement } from './judgement.ts'

/**
 * Of a request that was sent once more since the server or the connection had failed, lets the later
 * answer speak: what happened once may be chance.
 */
export function settleRetries(judgements: readonly Judgement[]): Judgement[] {
  return judgements.map((judgement, i) => {
    if (judgement.status !== 'observed' || !judgement.on.every(mayBeChance)) return judgement
    if (requestOf(judgement) !== requestOf(judgements[i + 1])) return judgement
    return { ...judgement, observations: [], note: 'it failed, and was asked for again' }
  })
}

function requestOf(judgement: Judgement | undefined): string | undefined {
  const { method, url, body } = judgement?.on[0]?.exchange?.request ?? {}
  return JSON.stringify([method, url, body])
}
