/** Says on standard error what went wrong, or is worth knowing, as the program that says it. */
export function tell(message: string): void {
  process.stderr.write(`soundcheck: ${message}\n`)
}
