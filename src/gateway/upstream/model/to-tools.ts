import type { LanguageModelV4FunctionTool, LanguageModelV4ToolChoice } from '@ai-sdk/provider'
import type { ChatRequest } from '../../../protocol/index.ts'
import { UpstreamError } from '../upstream-error.ts'

export interface OfferedTools {
  readonly tools: LanguageModelV4FunctionTool[]
  readonly toolChoice: LanguageModelV4ToolChoice
}

/**
 * The tools of a request, also in the words of before there were tools.
 *
 * @throws UpstreamError where there is one that is no function.
 */
export function toTools(request: ChatRequest): OfferedTools | undefined {
  const offered = [
    ...(request.tools ?? []).map((tool) => tool.function ?? unknownKind(tool.type)),
    ...(request.functions ?? []),
  ]
  const { names, toolChoice } = choiceIn(request)
  const tools = offered
    .filter(({ name }) => names === undefined || names.includes(name))
    .map((tool) => toTool(tool))
  return tools.length === 0 || toolChoice.type === 'none' ? undefined : { tools, toolChoice }
}

type Definition = NonNullable<ChatRequest['functions']>[number]

function toTool({
  name,
  description,
  parameters,
  strict,
}: Definition): LanguageModelV4FunctionTool {
  return {
    type: 'function',
    name,
    ...(description && { description }),
    inputSchema: (parameters ?? {
      type: 'object',
      properties: {},
    }) as LanguageModelV4FunctionTool['inputSchema'],
    ...(typeof strict === 'boolean' && { strict }),
  }
}

interface Choice {
  readonly toolChoice: LanguageModelV4ToolChoice
  /** The only ones that may be called. */
  readonly names?: readonly (string | undefined)[]
}

function choiceIn({ tool_choice: choice, function_call: before }: ChatRequest): Choice {
  const mode = choice ?? before ?? 'auto'
  if (typeof mode === 'string') return { toolChoice: { type: mode } }
  if ('name' in mode) return { toolChoice: { type: 'tool', toolName: mode.name } }
  if (mode.allowed_tools) {
    return {
      toolChoice: { type: mode.allowed_tools.mode },
      names: mode.allowed_tools.tools.map((tool) => tool.function?.name),
    }
  }
  return { toolChoice: { type: 'tool', toolName: mode.function?.name ?? unknownKind(mode.type) } }
}

function unknownKind(type: string): never {
  throw new UpstreamError(
    'refused',
    `A language model takes tools that are functions, not "${type}".`,
  )
}
