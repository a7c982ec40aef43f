/** Longer ones would be many texts. */
const MAX_SPLICED = 100

/**
 * Makes texts of two: what a pattern asks for stands in the place of a part of a sample, before it,
 * behind it, or within it.
 */
export function* spliced(sample: string, part: string): Generator<string> {
  if (sample.length > MAX_SPLICED || part.length > MAX_SPLICED) return
  for (let i = 0; i <= sample.length; i++) {
    yield part + sample.slice(i)
    yield sample.slice(0, sample.length - i) + part
    yield sample.slice(0, i) + part + sample.slice(i + part.length)
    yield sample.slice(0, i) + part + sample.slice(i)
  }
  for (let i = 1; i < part.length; i++) {
    yield part.slice(0, i) + sample.slice(i)
    yield sample.slice(0, -i) + part.slice(-i)
  }
}
