/** Characters of lines about requests that wait to be read. */
const MAX_UNREAD = 1024 * 1024

/** Prints a line on standard error. Where nobody reads, what is said is lost, and costs no memory. */
export function printLine(line: string): void {
  const { stderr } = process
  if (stderr.writableLength < MAX_UNREAD) stderr.write(`${line}\n`)
}
