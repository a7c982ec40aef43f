import { clip } from '../../wire/index.ts'

/** The beginning of a text, to be kept: as a slice, it would keep all of the text. */
export function beginningOf(text: string, length: number): string {
  return text.length > length ? Buffer.from(clip(text, length, '')).toString() : text
}
