import type { ChatRequest, CustomDefinition, FunctionDefinition } from '../protocol/index.ts'

/** A tool that a request offers: as a function, as one that takes text, or in `functions`, as before there were tools. */
export interface Offer extends FunctionDefinition {
  readonly kind: 'function' | 'custom' | 'legacy'
  /** Where its definition is: `tools[0].function`. */
  readonly at: string
  /** What the text has to match. */
  readonly pattern?: string
}

/** What a request asks for: that nothing is called, or anything, or at least one tool, or this one. */
export type Choice = 'none' | 'auto' | 'required' | { readonly name: string }

/** All tools that a request offers. */
export function offersOf({ tools, functions }: ChatRequest): Offer[] {
  return [
    ...(tools ?? []).map(({ type, function: named, custom }, i): Offer => ({
      ...(type === 'custom' ? takingText(custom!) : named!),
      kind: type,
      at: `tools[${i}].${type}`,
    })),
    ...(functions ?? []).map((each, i): Offer => ({
      ...each,
      kind: 'legacy',
      at: `functions[${i}]`,
    })),
  ]
}

function takingText({ format, ...rest }: CustomDefinition): Pick<Offer, 'name' | 'pattern'> {
  const grammar = format?.grammar
  return { ...rest, ...(grammar?.syntax === 'regex' && { pattern: grammar.definition }) }
}

/** What a request asks for, and the names of the tools that it allows; all, when absent. */
export function choiceOf({ tool_choice: choice, function_call: legacy }: ChatRequest): {
  readonly choice: Choice
  readonly allowed?: readonly string[]
} {
  const asked = choice ?? legacy ?? 'auto'
  if (typeof asked === 'string') return { choice: asked }
  if ('name' in asked) return { choice: { name: asked.name } }
  const { allowed_tools: allowed, custom, function: named } = asked
  if (!allowed) return { choice: { name: (custom ?? named)!.name } }
  const names = allowed.tools.flatMap((tool) => (tool.function ?? tool.custom)?.name ?? [])
  return { choice: allowed.mode, allowed: names }
}
