import { type ChatRequest, isJsonObject, type Json } from '../../protocol/index.ts'
import { undoEscapes } from '../../wire/index.ts'

const WORD = /[\p{L}\p{N}]+/gu
const NUMBER = /\d{4,}/
/** So many words in a row are no chance, if they are this long together. */
const LEAST_CHARACTERS = [Infinity, 12, 8]
/** Shorter texts are names and modes, such as a role. */
const LEAST_WHOLE = 6
const QUOTED = '[asked]'
const MOST_READ = 10_000
/** What is told of a request without what its caller said. */
const NOT_SAID = new Set(['model', 'role', 'type', 'tools', 'functions', 'response_format'])

/** What an upstream said, without what it quotes of a request: nobody is to read there what a caller said. */
export function unquoted(text: string, request: ChatRequest): string {
  const plain = startOf(undoEscapes(text.slice(0, MOST_READ)), text.length > MOST_READ)
  const words = [...plain.matchAll(WORD)]
  const told = words.map(([word]) => word.toLowerCase())
  const asked = new Set(textsIn(request as unknown as Json).flatMap(phrasesOf))
  const isAsked = told.map(() => false)
  for (let length = 1; length <= LEAST_CHARACTERS.length; length++) {
    for (let at = 0; at + length <= told.length; at++) {
      if (asked.has(told.slice(at, at + length).join(' '))) isAsked.fill(true, at, at + length)
    }
  }
  let shown = ''
  let end = 0
  words.forEach((word, i) => {
    if (!isAsked[i]) return
    if (!isAsked[i - 1]) shown += plain.slice(end, word.index) + QUOTED
    end = word.index + word[0].length
  })
  return shown + plain.slice(end)
}

/** Half a word is not found in a request. */
function startOf(text: string, isCut: boolean): string {
  return isCut ? text.replace(/\S*$/, '') : text
}

/** The phrases of a text that tell it; of a short one, the whole. */
function phrasesOf(text: string): string[] {
  const words = text.toLowerCase().match(WORD) ?? []
  const phrases = words.filter((word) => NUMBER.test(word))
  if (words.length <= LEAST_CHARACTERS.length && text.length >= LEAST_WHOLE) {
    phrases.push(words.join(' '))
  }
  LEAST_CHARACTERS.forEach((least, i) => {
    for (let at = 0; at + i < words.length; at++) {
      const phrase = words.slice(at, at + i + 1).join(' ')
      if (phrase.length >= least) phrases.push(phrase)
    }
  })
  return phrases
}

function textsIn(value: Json): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(textsIn)
  if (!isJsonObject(value)) return []
  return Object.entries(value).flatMap(([key, each]) => (NOT_SAID.has(key) ? [] : textsIn(each)))
}
