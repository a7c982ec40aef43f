/** What ends a stream: an event with this data, such as `[DONE]`, or one with this name. */
export type Terminator = { readonly data: string } | { readonly event: string }

/** Whether an event ends the stream. */
export function isTerminator(
  terminator: Terminator,
  event: { readonly data: string; readonly event?: string },
): boolean {
  return 'data' in terminator ? event.data === terminator.data : event.event === terminator.event
}
