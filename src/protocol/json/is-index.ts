import type { Json } from './json.ts'

/** Whether something counts from 0. */
export function isIndex(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0
}
