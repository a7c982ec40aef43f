/** Scopes of which anything is remembered: far more than tests that run at once. */
export const MAX_SCOPES = 10_000
