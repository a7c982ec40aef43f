import type { Tamper } from '../../wire/index.ts'
import type { Draft } from './draft.ts'
import { editStream } from './edit-chunks.ts'

/** Puts pieces of text before the text of each choice that has some. */
export function sayFirst(...pieces: readonly string[]): Tamper {
  return editStream((chunks) => {
    const begun = new Set<number>()
    return chunks.flatMap((chunk) => {
      const [choice] = chunk.choices
      if (!choice?.delta.content || begun.has(choice.index)) return chunk
      begun.add(choice.index)
      const said = pieces.map((piece): Draft => {
        const copy = structuredClone(chunk)
        copy.choices[0].delta.content = piece
        return copy
      })
      return [...said, chunk]
    })
  })
}
