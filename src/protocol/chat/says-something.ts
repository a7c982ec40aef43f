const CONTENT = /"content" ?: ?"[^"]|"tool_calls" ?: ?\[ ?\{/

/**
 * Whether a part of a stream of chunks, however it was cut, has text or a call. Within a text, both
 * would be escaped.
 */
export function saysSomething(part: string): boolean {
  return CONTENT.test(part)
}
