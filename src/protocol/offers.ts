import type { ChatRequest, CustomDefinition, FunctionDefinition } from './chat-request.ts'

/** A tool that a request offers: as a function, as one that takes text, or in `functions`, as before there were tools. */
export interface Offer extends FunctionDefinition {
  readonly kind: 'function' | 'custom' | 'legacy'
  /** Where its definition is: `tools[0].function`. */
  readonly at: string
  /** What the text has to match. */
  readonly pattern?: string
}

/** What a request asks for: that nothing is called, or anything, or at least one tool, or this one. */
export type Choice = 'none' | 'auto' | 'required' | ToolName

/** A tool, and as what it is named. */
type ToolName = Pick<Offer, 'kind' | 'name'>

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
export function choiceOf({ tool_choice: asked, function_call: legacy }: ChatRequest): {
  readonly choice: Choice
  readonly allowed?: readonly string[]
} {
  if (typeof asked === 'string') return { choice: asked }
  if (asked) {
    const { type, allowed_tools: allowed } = asked
    if (type !== 'allowed_tools') return { choice: nameIn({ ...asked, type }) }
    return { choice: allowed!.mode, allowed: allowed!.tools.map((tool) => nameIn(tool).name) }
  }
  return {
    choice:
      typeof legacy === 'object' && legacy
        ? { kind: 'legacy', name: legacy.name }
        : (legacy ?? 'auto'),
  }
}

/** The tools that a request names, to be called or allowed. */
export function namedIn(request: ChatRequest): readonly ToolName[] {
  const { choice } = choiceOf(request)
  if (typeof choice === 'object') return [choice]
  const { tool_choice: asked } = request
  return typeof asked === 'object' ? (asked?.allowed_tools?.tools ?? []).map(nameIn) : []
}

interface Naming {
  readonly type: 'function' | 'custom'
  readonly function?: { readonly name: string }
  readonly custom?: { readonly name: string }
}

/** It has what its type names: the schema of requests says so. */
function nameIn({ type, ...named }: Naming): ToolName {
  return { kind: type, name: named[type]!.name }
}
