/** What budgets may bound of all requests, as a share from 0 to 1. */
export const REQUEST_SHARES = ['errors', 'availability', 'goodput'] as const

export type RequestShare = (typeof REQUEST_SHARES)[number]

export function isRequestShare(name: string): name is RequestShare {
  return REQUEST_SHARES.some((each) => each === name)
}
