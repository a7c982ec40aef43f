import { jsonExcess } from './json-excess.ts'

/** Any JSON value, as `JSON.parse` gives it. */
export type Json = null | boolean | number | string | Json[] | JsonObject

export interface JsonObject {
  [key: string]: Json
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** More than anybody means; far deeper, `JSON.stringify` and most clients run out of stack. */
const MAX_DEPTH = 256
const MOST = { depth: MAX_DEPTH, members: 500_000 }
const EXCESSES = {
  depth: () => `nested deeper than ${MAX_DEPTH} levels`,
  // Written when it is said: how a language writes numbers takes its time to load.
  members: () => `more than ${MOST.members.toLocaleString('en')} values and keys`,
}

/** Parses JSON; gives `undefined` for what is not JSON, and for what no client can read. */
export function parseJson(text: string): Json | undefined {
  if (text === '' || excessOf(text)) return undefined
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

/**
 * Parses JSON.
 *
 * @throws SyntaxError for what is not JSON, and for what is nested deeper than 256 levels or holds more
 * than 500,000 values and keys. Its message quotes nothing: a few characters of a secret cannot be
 * told from words.
 */
export function parseJsonOrThrow(text: string): Json {
  const excess = excessOf(text)
  if (excess) throw new SyntaxError(EXCESSES[excess]())
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    // V8 says: Unexpected token 'a', ..."{"key": abc}" is not valid JSON.
    throw new SyntaxError((error as SyntaxError).message.replace(/, (?:\.\.\.)?"[^]*$/, ''))
  }
}

function excessOf(text: string) {
  return text.length > 2 * MAX_DEPTH ? jsonExcess(text, MOST) : undefined
}

/** Whether arrays and objects are nested deeper than so many levels; safe on any depth. */
export function nestsDeeperThan(value: unknown, levels: number): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    level = level.filter((each) => typeof each === 'object' && each !== null)
    if (depth >= levels && level.length > 0) return true
    level = level.flatMap((each) => Object.values(each as object))
  }
  return false
}
