/** The characters of a text, or the bytes of a body, as numbers: far quicker to go through. */
export type Units = Uint8Array | Uint16Array

/** So many arguments fit on any stack. */
const MAX_ARGUMENTS = 0x2000

export function unitsOf(text: string): Uint16Array {
  const units = new Uint16Array(text.length)
  for (let i = 0; i < units.length; i++) units[i] = text.charCodeAt(i)
  return units
}

/** The text of characters. */
export function textOf(units: Units): string {
  let text = ''
  for (let at = 0; at < units.length; at += MAX_ARGUMENTS) {
    text += String.fromCharCode(...units.subarray(at, at + MAX_ARGUMENTS))
  }
  return text
}
