import { SoundcheckError } from '../../endpoint/index.ts'
import { parseJsonOrThrow, type Violation } from '../../protocol/index.ts'
import { locateInJson } from '../../report/index.ts'
import { readText } from './read-text.ts'
import { whyNotJson } from './why-not-json.ts'

/** What a file of JSON is to hold, as the values of a type. */
export interface Kind<T> {
  /** With its article: `a baseline`. */
  readonly name: string
  readonly violationsOf: (json: unknown) => readonly Violation[]
  /** What to do about a file that holds something else, or is not there. */
  readonly advice?: string
  /** How to parse it: as what any client can read, when absent. */
  readonly parse?: (text: string) => T
}

/**
 * Reads a JSON file of a kind.
 *
 * @throws SoundcheckError for a file that cannot be read or holds something else; it says where, what
 *   was expected there, and what to do.
 */
export async function readJson<T>(file: string, kind: Kind<T>): Promise<T> {
  return parseAs(await readText(file, kind.advice), `"${file}"`, kind)
}

/** Parses JSON of a kind, as {@link readJson} does, from a text that errors call by this name. */
export function parseAs<T>(text: string, name: string, kind: Kind<T>): T {
  const json = parse(text, name, kind)
  const [violation] = kind.violationsOf(json)
  if (!violation) return json as T
  throw notOfKind(name, kind, whyUnfit(text, violation))
}

/** The error for what is not of a kind, and why. */
export function notOfKind(name: string, kind: Kind<unknown>, why: string): SoundcheckError {
  const hint = kind.advice === undefined ? '' : `; ${kind.advice}`
  return new SoundcheckError('INVALID_INPUT', `${name} is not ${kind.name} (${why})${hint}`)
}

function parse(text: string, name: string, kind: Kind<unknown>): unknown {
  try {
    return (kind.parse ?? parseJsonOrThrow)(text)
  } catch {
    throw notOfKind(name, kind, whyNotJson(text))
  }
}

function whyUnfit(text: string, { path, message }: Violation): string {
  const line = lineOf(text, path)
  const place = line === undefined ? '' : `: see line ${line}`
  return `${path === '' ? '' : `${path} `}${message}${place}`
}

/** Of one line there is nothing to look for. */
function lineOf(text: string, path: string): number | undefined {
  if (path === '' || !text.trim().includes('\n')) return undefined
  try {
    return text.slice(0, locateInJson(text, path)).split('\n').length
  } catch {
    // Nested too deeply for this parser.
    return undefined
  }
}
