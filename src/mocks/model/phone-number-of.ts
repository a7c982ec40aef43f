import type { Offer } from '../../protocol/index.ts'

const known = new WeakMap<Offer, string | undefined>()

/** A telephone number that the definition of a tool mentions. */
export function phoneNumberOf(tool: Offer): string | undefined {
  if (!known.has(tool)) {
    const { description, parameters } = tool
    const text = `${description ?? ''} ${JSON.stringify(parameters ?? {})}`
    known.set(tool, /\+\d{7,15}/.exec(text)?.[0])
  }
  return known.get(tool)
}
