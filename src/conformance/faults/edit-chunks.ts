import { DONE } from '../../protocol/index.ts'
import type { Frame, HttpRequest, Tamper } from '../../wire/index.ts'
import type { Draft } from './draft.ts'
import { editFrames } from './edit-frames.ts'

/** Edits all chunks of a stream at once: they may be changed in place, dropped, added, reordered. */
export function editStream(edit: (chunks: Draft[], request: HttpRequest) => Draft[]): Tamper {
  return editFrames((frames, request) => {
    const chunks = frames.flatMap((frame): Draft[] =>
      frame.kind === 'event' && frame.data !== DONE ? [JSON.parse(frame.data)] : [],
    )
    const rest = frames.filter((frame) => frame.kind !== 'event' || frame.data === DONE)
    const edited = edit(chunks, request).map((chunk): Frame => ({
      kind: 'event',
      atMs: 0,
      data: JSON.stringify(chunk),
    }))
    return [...edited, ...rest]
  })
}

/** Edits each chunk in place. */
export function editChunks(edit: (chunk: Draft, index: number) => void): Tamper {
  return editStream((chunks) => {
    for (const [index, chunk] of chunks.entries()) edit(chunk, index)
    return chunks
  })
}

/** Edits each element of each `choices` in place. */
export function editChoices(edit: (choice: Draft, index: number) => void): Tamper {
  return editChunks((chunk, index) => {
    for (const choice of chunk.choices) edit(choice, index)
  })
}

/** Edits each delta in place. */
export function editDeltas(edit: (delta: Draft, index: number) => void): Tamper {
  return editChoices((choice, index) => edit(choice.delta, index))
}

/** Edits each tool-call fragment in place; `opening` is the one that carries the name. */
export function editFragments(edit: (fragment: Draft, opening: boolean) => void): Tamper {
  return editDeltas((delta) => {
    for (const fragment of delta.tool_calls ?? []) edit(fragment, 'name' in fragment.function)
  })
}
