/** The events that end a response, and the status that it has then. */
export const STATUS_BY_TERMINAL = {
  'response.completed': 'completed',
  'response.incomplete': 'incomplete',
  'response.failed': 'failed',
} as const

export type TerminalType = keyof typeof STATUS_BY_TERMINAL

export const TERMINAL_TYPES = Object.keys(STATUS_BY_TERMINAL) as readonly TerminalType[]

export function isTerminalType(type: string): type is TerminalType {
  return Object.hasOwn(STATUS_BY_TERMINAL, type)
}
