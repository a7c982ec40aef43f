const SECRET =
  /auth|token|secret|passw|credential|cookie|session|jwt|bearer|signature|api-?key|(?:^|[-_])(?:key|sig|sas|code|pass)(?:$|[-_])/i

/** Whether a header, or a member of a query, must be expected to hold a secret, by its name. */
export function namesASecret(name: string): boolean {
  return SECRET.test(name)
}
