import { DONE, type JsonObject } from '../../protocol/index.ts'
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

/** Edits the text of each delta that has some. */
export function editText(edit: (text: string) => unknown): Tamper {
  return editDeltas((delta) => {
    if (delta.content) delta.content = edit(delta.content)
  })
}

/** Edits each finish reason. */
export function editFinishReason(edit: (reason: string) => unknown): Tamper {
  return editChoices((choice) => {
    if (choice.finish_reason) choice.finish_reason = edit(choice.finish_reason)
  })
}

/** Edits each tool-call fragment in place; `opening` is the one that carries the name. */
export function editFragments(edit: (fragment: Draft, opening: boolean) => void): Tamper {
  return editDeltas((delta) => {
    for (const fragment of delta.tool_calls ?? []) edit(fragment, 'name' in fragment.function)
  })
}

/** Gives each tool call other arguments, told the tool it calls; they arrive with its opening fragment. */
export function editArguments(
  edit: (args: string, parameters: JsonObject | undefined) => unknown,
): Tamper {
  return editStream((chunks, { body }) => {
    const tools: Draft[] = JSON.parse(body ?? '{}').tools ?? []
    const fragments: Draft[] = chunks.flatMap((chunk) =>
      chunk.choices.flatMap((choice: Draft) => choice.delta.tool_calls ?? []),
    )
    for (const opening of fragments.filter((fragment) => 'name' in fragment.function)) {
      const rest = fragments.filter(({ index }) => index === opening.index)
      const whole = rest.map((fragment) => fragment.function.arguments).join('')
      const tool = tools.find((each) => each.function.name === opening.function.name)
      for (const fragment of rest) fragment.function.arguments = ''
      opening.function.arguments = edit(whole, tool?.function.parameters)
    }
    return chunks
  })
}

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
