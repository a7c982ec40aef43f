/**
 * What ends a stream: an event with this data, such as `[DONE]`, or one with this name, or one whose data
 * says that it is of one of these types.
 */
export type Terminator =
  | { readonly data: string }
  | { readonly event: string }
  | { readonly types: readonly string[] }

/** Whether an event ends the stream. */
export function isTerminator(
  terminator: Terminator,
  event: { readonly data: string; readonly event?: string },
): boolean {
  if ('data' in terminator) return event.data === terminator.data
  return 'event' in terminator
    ? event.event === terminator.event
    : typePattern(terminator.types).test(event.data)
}

/** Finds in JSON that it is of one of some types; within a text, the quotation marks would be escaped. */
export function typePattern(types: readonly string[]): RegExp {
  const named = types.map((type) => type.replaceAll(/\W/g, '\\$&')).join('|')
  return new RegExp(`"type" ?: ?"(?:${named})"`)
}
