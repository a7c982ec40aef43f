const READ = 'a reply of an API may be read, not heard'

/** What does not apply to replies that nobody speaks, and why. */
export const NOT_HEARD: Readonly<Record<string, string>> = {
  'voice/buffer-words': READ,
  'voice/code-or-table': READ,
  'voice/digits': READ,
  'voice/emoji': READ,
  'voice/leading-whitespace': READ,
  'voice/leftovers': READ,
  'voice/markdown': READ,
  'voice/url': READ,
}
