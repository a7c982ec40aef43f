import type { Evidence } from '../../evidence/evidence.ts'

/** What never was, and is asked for all the same. */
export const NEVER_WAS = /never_was$/

/** The requests that go on from a response that was. */
export function forksIn<E extends Evidence>(evidence: readonly E[]): E[] {
  return evidence.filter(({ asked }) => {
    const id = asked?.['previous_response_id']
    return typeof id === 'string' && !NEVER_WAS.test(id)
  })
}
