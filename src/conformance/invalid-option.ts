/** An option that cannot be used; the message names its value, and the remedy. */
export class InvalidOptionError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'InvalidOptionError'
  }
}
