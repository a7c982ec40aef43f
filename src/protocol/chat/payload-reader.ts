import { isJsonObject, type JsonObject } from '../json/json.ts'
import { type Payload, readPayload } from './read-payload.ts'

/** Within JSON, what follows is always a string, and a value. */
const PLACE = /"(content|reasoning(?:_content)?)": ?"(?!")/
const ENDS_OR_ESCAPES = /["\\\0-\x1f]/
/** Where so many in a row differ in something else, too, as by OpenAI's `obfuscation`, all will. */
const MOST_TRIED = 8

/** A chunk whose text can be told from the rest of its data, and so be replaced. */
interface Mould {
  readonly before: string
  readonly text: string
  readonly after: string
  /** What of the delta the text is. */
  readonly member: string
  readonly json: JsonObject
  readonly choice: JsonObject
  readonly delta: JsonObject
}

/**
 * Makes a reader of the data of one stream, which gives of each what {@link readPayload} gives. Most chunks
 * are as one before them was, but for their text: made of that one, they take half the time of parsing.
 */
export function payloadReader(): (data: string) => Payload {
  let mould: Mould | undefined
  let isProven = false
  let tried = 0
  return (data) => {
    if (tried > MOST_TRIED) return readPayload(data)
    const text = mould && textIn(data, mould)
    if (mould && isProven && text !== undefined) return cast(mould, text)
    const payload = readPayload(data)
    if (payload.kind !== 'chunk') return payload
    const made = mouldOf(data, payload.json)
    if (!made) return payload
    // Where two chunks differ in one string alone, and so do their texts, that string is the text, whatever
    // else they hold, and however often.
    isProven = made.text === text && text !== mould?.text
    if (!isProven) mould = made
    tried = isProven ? 0 : tried + 1
    return payload
  }
}

function mouldOf(data: string, json: JsonObject): Mould | undefined {
  const { choices } = json
  if (!Array.isArray(choices) || choices.length !== 1) return undefined
  const [choice] = choices
  if (!isJsonObject(choice) || !isJsonObject(choice['delta'])) return undefined
  const { delta } = choice
  const place = PLACE.exec(data)
  if (!place) return undefined
  const [opening, member = ''] = place
  const start = place.index + opening.length
  const end = data.indexOf('"', start)
  const text = data.slice(start, end)
  if (text !== delta[member] || ENDS_OR_ESCAPES.test(text)) return undefined
  return { before: data.slice(0, start), text, after: data.slice(end), member, json, choice, delta }
}

/** What stands in the place of the text, where all else is the same. */
function textIn(data: string, { before, after }: Mould): string | undefined {
  const end = data.length - after.length
  if (end < before.length) return undefined
  // A slice of a slice is compared several times as fast as `startsWith` is.
  if (data.slice(0, before.length) !== before || data.slice(end) !== after) return undefined
  const text = data.slice(before.length, end)
  return ENDS_OR_ESCAPES.test(text) ? undefined : text
}

function cast({ member, json, choice, delta }: Mould, text: string): Payload {
  const choices = [{ ...choice, delta: { ...delta, [member]: text } }]
  return { kind: 'chunk', json: { ...json, choices } }
}
