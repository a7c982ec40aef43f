import { isServerError } from '../evidence/is-server-error.ts'
import type { Judgement } from './judgement.ts'

/**
 * Of a request that was sent once more since the server had failed, lets the later answer speak: what
 * happened once may be chance.
 */
export function settleRetries(judgements: readonly Judgement[]): Judgement[] {
  return judgements.map((judgement, i) => {
    if (judgement.status !== 'observed' || !judgement.on.every(isServerError)) return judgement
    if (requestOf(judgement) !== requestOf(judgements[i + 1])) return judgement
    return { ...judgement, observations: [], note: 'the server failed, and was asked again' }
  })
}

function requestOf(judgement: Judgement | undefined): string | undefined {
  const { method, url, body } = judgement?.on[0]?.exchange?.request ?? {}
  return JSON.stringify([method, url, body])
}
