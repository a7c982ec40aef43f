/** What cannot hold where events do not say what they are. */
export const ALL_BUT_TYPES: readonly string[] = [
  'events/name-matches-type',
  'events/type-known',
  'events/sequence-missing',
  'events/sequence-order',
  'events/created-first',
  'events/in-progress',
  'events/response-envelope',
  'events/item-added-missing',
  'events/item-done-missing',
  'stream/terminal-missing',
  'stream/text-without-delta',
  'stream/usage-missing',
]
