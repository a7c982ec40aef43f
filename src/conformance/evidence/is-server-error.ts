import type { Evidence } from './evidence.ts'

/** Whether the server says that it failed. */
export function isServerError({ exchange }: Evidence): boolean {
  return (exchange?.response?.status ?? 0) >= 500
}
