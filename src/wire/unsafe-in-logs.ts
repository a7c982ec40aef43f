/**
 * What text may not bring into a terminal or the log of a CI, wherever it stands: control and
 * invisible characters, bidirectional overrides, halves of characters, and the start of a command:
 * `##[` and its like (GitHub Actions, Azure Pipelines, TeamCity) and `::name` (GitHub Actions, at the
 * start of a line, where wrapping may put it). What joins and styles emoji and ideographs may stay,
 * but not within ASCII, since runners that compare by culture look past it.
 */
export const UNSAFE_IN_LOGS =
  /(?!(?<=\P{ASCII})[\u200D\p{VS}]|\uFE0F\u20E3)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{DI}]|#(?=#\w*\[)|:(?=:[A-Za-z][\w-]*(?:[\s:]|$))/gu
