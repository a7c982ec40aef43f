import { parse, type ParseError } from 'jsonc-parser'

/** Says of a text that it is not JSON, and where it stops being so. What stands there is not quoted, since it may be a key. */
export function whyNotJson(text: string): string {
  const offset = firstError(text)
  if (offset === undefined) return 'not JSON'
  const before = text.slice(0, offset).split('\n')
  return `not JSON: see line ${before.length}, column ${before.at(-1)!.length + 1}`
}

function firstError(text: string): number | undefined {
  const errors: ParseError[] = []
  try {
    parse(text, errors, { disallowComments: true })
  } catch {
    // Nested too deeply for this parser.
  }
  return errors[0]?.offset
}
