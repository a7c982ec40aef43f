import type { JsonObject } from '../../protocol/index.ts'
import type { Tamper } from '../../wire/index.ts'
import type { Draft } from './draft.ts'
import { editStream } from './edit-chunks.ts'

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
