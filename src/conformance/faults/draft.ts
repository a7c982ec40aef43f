/**
 * JSON that is about to be broken.
 *
 * Untyped on purpose: a mutant writes what no type allows.
 */
// oxlint-disable-next-line typescript/no-explicit-any
export type Draft = any
