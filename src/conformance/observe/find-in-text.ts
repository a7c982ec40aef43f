import { type Call, isJsonObject, type Json, type Piece, type Spot } from '../../protocol/index.ts'
import { showJson } from './show-json.ts'
import type { Evidence } from '../evidence/evidence.ts'

/** Some text of a reply, and where it starts; of arguments, where they end. */
export interface Passage {
  readonly text: string
  readonly piece: Spot
}

/** How many more there are says nothing new. */
const MAX_PASSAGES = 10_000
/** As many different ones are looked for in the request, which may be large: 1 ms each for a megabyte. */
const MAX_DISTINCT = 300

/**
 * Finds a global pattern in the text of each choice, however that was cut into deltas.
 *
 * What the request itself holds is left out: the caller has dictated it, or a tool returned it.
 */
export function findInText(evidence: Evidence, pattern: RegExp): Passage[] {
  const found: Passage[] = []
  for (const { text, spoken } of evidence.texts) {
    let at = 0
    let end = spoken[0]!.text.length
    for (const { 0: match, index } of text.matchAll(pattern)) {
      while (index >= end) end += spoken[++at]!.text.length
      found.push({ text: match, piece: spoken[at]! })
      if (found.length === MAX_PASSAGES) break
    }
  }
  return withoutGiven(evidence, found)
}

/** Finds a global pattern in the arguments of tool calls, as they read without escapes of letters. */
export function findInArguments(
  evidence: Evidence,
  pattern: RegExp,
): (Passage & { readonly call: Call })[] {
  const found = [...evidence.callArguments].flatMap(([call, value]) =>
    (showJson(value ?? call.arguments).match(pattern) ?? []).map((text) => ({
      text,
      call,
      piece: lastPieceOf(call, evidence.reading.pieces),
    })),
  )
  return withoutGiven(evidence, found)
}

function lastPieceOf(call: Call, pieces: readonly Piece[]): Spot {
  return pieces.findLast((piece) => piece.kind === 'call' && piece.call === call) ?? call.latest
}

function withoutGiven<T extends { readonly text: string }>(
  evidence: Evidence,
  found: readonly T[],
): T[] {
  if (found.length === 0) return []
  const given = givenText(evidence)
  const distinct = [...new Set(found.map(({ text }) => text.trim()))].slice(0, MAX_DISTINCT)
  const fresh = new Set(distinct.filter((text) => !given.includes(text)))
  return found.filter(({ text }) => fresh.has(text.trim()))
}

/** What everybody but the model itself has said. */
export function givenText({ request }: Evidence): string {
  const messages = request?.['messages']
  return (Array.isArray(messages) ? messages : [])
    .filter(isJsonObject)
    .flatMap(({ role, content }) => (role === 'assistant' ? [] : textsIn(content)))
    .join('\n')
}

function textsIn(content: Json | undefined): string[] {
  if (typeof content === 'string') return [content]
  const parts = Array.isArray(content) ? content.filter(isJsonObject) : []
  return parts.flatMap(({ text }) => (typeof text === 'string' ? text : []))
}
