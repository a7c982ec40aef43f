/**
 * The start of a command in the log of a CI: `##[` and its like (GitHub Actions, Azure Pipelines,
 * TeamCity), and two colons (GitHub Actions, at the start of a line, where wrapping may put them)
 * unless they are of an address, whatever follows: who shows a log may make letters of other ones.
 */
export const COMMAND_START = /#(?=#\w*\[)|:(?=:(?![\dA-Fa-f:.]{0,40}\]))/gu

const UNSEEN = String.raw`\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{DI}\p{NChar}`
const SEEN = String.raw`[^\p{ASCII}${UNSEEN}]`
const JOINED = String.raw`(?<=${SEEN})\p{VS}|(?<=${SEEN}\p{VS}?)[\u200C\u200D]|\uFE0F\u20E3`

/**
 * What text may not bring into a terminal: control and invisible characters, bidirectional overrides,
 * halves of characters, and what is no character. One selector and one joiner may stay behind what is
 * seen, for emoji, ideographs and scripts such as Persian, but not behind ASCII, since runners that
 * compare by culture look past them.
 */
export const UNSAFE_IN_TERMINALS = new RegExp(`(?!${JOINED})[${UNSEEN}]`, 'gu')

/** The same for the log of a CI, wherever the text stands: the start of a command, too. */
export const UNSAFE_IN_LOGS = new RegExp(
  `${UNSAFE_IN_TERMINALS.source}|${COMMAND_START.source}`,
  'gu',
)
