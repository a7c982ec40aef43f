/** Something the user gave that cannot be used; the message names it, and the remedy. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
  }
}
