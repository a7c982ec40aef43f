/**
 * Why a check cannot judge.
 *
 * - `skip`: it does not apply.
 * - `inconclusive`: what it builds on has failed.
 * - `unjudged`: the endpoint had no fair chance: a rate limit, or a run that was interrupted.
 */
export interface Gap {
  readonly status: 'skip' | 'inconclusive' | 'unjudged'
  readonly reason: string
}

export function skip(reason: string): Gap {
  return { status: 'skip', reason }
}

export function inconclusive(reason: string): Gap {
  return { status: 'inconclusive', reason }
}

export function unjudged(reason: string): Gap {
  return { status: 'unjudged', reason }
}
