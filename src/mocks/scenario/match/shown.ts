import { clip, listed } from '../../../wire/index.ts'

const MAX_SHOWN = 80

/** The start of a text, for messages. */
export function cut(text: string): string {
  return clip(text, MAX_SHOWN)
}

/** A text as messages show it. */
export function show(text: string): string {
  return JSON.stringify(cut(text))
}

/** Things as messages list them. */
export function list(items: readonly string[]): string {
  return listed(items) || 'none'
}
