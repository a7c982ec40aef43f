const SECRET =
  /auth(?!ors?(?![a-z]))|token|secret|passw|passphrase|pwd|credential|cookie|session|jwt|bearer|signature|(?:api|access|master|subscription|private|account|shared|function)-?key|(?<![a-z0-9])(?:key|sig|sas|code|pass)(?![a-z0-9])/i

/** Whether a header, or a member of a query, must be expected to hold a secret, by its name. */
export function namesASecret(name: string): boolean {
  return SECRET.test(name)
}
