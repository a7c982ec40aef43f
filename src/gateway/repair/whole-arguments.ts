import { isJsonObject, type Json, parseJson } from '../../protocol/index.ts'

/**
 * The arguments of a call as the JSON text of an object, from the fragments in which they came;
 * `undefined` where they cannot be made one. What is mended: none at all, an object in place of its
 * text, text that was encoded twice or sent twice, and fragments that each repeat what came before.
 */
export function wholeArguments(fragments: readonly Json[]): string | undefined {
  const texts = fragments.map((fragment) =>
    typeof fragment === 'string' ? fragment : fragment === null ? '' : JSON.stringify(fragment),
  )
  const joined = texts.join('')
  if (joined.trim() === '') return '{}'
  // Most need no more than this.
  if (isObjectText(joined)) return joined
  const value = parseJson(joined)
  if (value === null) return '{}'
  if (typeof value === 'string') return isObjectText(value) ? value : undefined
  const half = joined.slice(0, joined.length / 2)
  if (joined === half + half && isObjectText(half)) return half
  const last = texts.findLast((text) => text.trim() !== '') ?? ''
  return isObjectText(last) && texts.every((text) => last.startsWith(text)) ? last : undefined
}

function isObjectText(text: string): boolean {
  return isJsonObject(parseJson(text))
}
