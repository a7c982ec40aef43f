const CONTENT =
  /"type" ?: ?"response\.output_text\.delta"(?=.*"delta" ?: ?"[^"])|"type" ?: ?"(?:function|custom_tool)_call"/s

/**
 * Whether a part of a stream of events, however it was cut, has text or a call. Within a text, both
 * would be escaped.
 */
export function saysSomething(part: string): boolean {
  return CONTENT.test(part)
}
