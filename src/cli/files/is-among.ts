import { resolve } from 'node:path'

/** Whether a file is one of others, however they are spelled. */
export function isAmong(file: string, others: readonly (string | undefined)[]): boolean {
  return others.some((other) => other !== undefined && resolve(other) === resolve(file))
}
