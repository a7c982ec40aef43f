const MAX_LISTED = 20

/** A list for a message; of a long one, its start and how many more there are. */
export function listed(items: readonly string[]): string {
  const more = items.length > MAX_LISTED ? [`and ${items.length - MAX_LISTED} more`] : []
  return [...items.slice(0, MAX_LISTED), ...more].join(', ')
}
