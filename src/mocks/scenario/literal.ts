/** Writes a text as a template that gives this text: braces mean nothing in a fixture. */
export function literal(text: string): string {
  const at = text.indexOf('{{')
  if (at < 0) return text
  let longest = 0
  for (const [run] of text.matchAll(/<%*/g)) longest = Math.max(longest, run.length)
  const signs = '%'.repeat(Math.max(1, longest))
  // Right before the braces: a line that holds nothing else would be taken out of the text.
  return `${text.slice(0, at)}{{=<${signs} ${signs}>=}}${text.slice(at)}`
}
