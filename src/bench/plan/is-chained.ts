import type { Requests } from './requests.ts'

/** Whether turns go on from the answer before, by its id. */
export function isChained({ scripts }: Requests): boolean {
  return scripts.some((script) => script.some(({ goesOn }) => goesOn !== undefined))
}
