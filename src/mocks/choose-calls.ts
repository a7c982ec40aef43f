import type { Faker } from '@faker-js/faker'
import {
  type ChatRequest,
  isSystemTool,
  type Json,
  type ToolDefinition,
} from '../protocol/index.ts'
import { readConversation } from './conversation.ts'
import { identifiers } from './identifiers.ts'
import { asksFor } from './intents.ts'
import { synthesize } from './synthesize.ts'

/** A tool call that the model has decided on. */
export interface PlannedCall {
  readonly name: string
  /** JSON, unless something else is wanted. */
  readonly arguments: string
  /** Derived from the request when absent. */
  readonly id?: string
}

/** Decides which tools to call: those the caller asks for, within `tool_choice` and what is offered. */
export function chooseCalls(request: ChatRequest, faker: Faker): PlannedCall[] {
  const tools = request.tools ?? []
  const choice = request.tool_choice ?? 'auto'
  if (tools.length === 0 || choice === 'none') return []

  const { said = '', last } = readConversation(request)
  const plan = (tool: ToolDefinition) => planCalls(tool, said, request, faker)

  if (typeof choice === 'object') {
    return tools.filter((tool) => tool.function.name === choice.function.name).flatMap(plan)
  }
  const wanted = last.role === 'user' ? tools.filter((tool) => asksFor(tool, said)) : []
  if (wanted.length === 0) return choice === 'required' ? plan(tools[0]!).slice(0, 1) : []
  const calls = wanted.flatMap(plan)
  return request.parallel_tool_calls === false ? calls.slice(0, 1) : calls
}

/** One call, or one for each thing the caller named. */
function planCalls(
  tool: ToolDefinition,
  said: string,
  request: ChatRequest,
  faker: Faker,
): PlannedCall[] {
  const { name, parameters, description } = tool.function
  const schema = (parameters ?? { type: 'object' }) as Json
  const named = identifiers(said)
  const context = {
    faker,
    said,
    identifiers: named,
    hints: `${description ?? ''} ${JSON.stringify(schema)}`,
  }
  const single = isSystemTool(name) || request.parallel_tool_calls === false
  return Array.from({ length: single ? 1 : Math.max(1, named.length) }, (_, ordinal) => ({
    name,
    arguments: JSON.stringify(synthesize(schema, { ...context, ordinal })),
  }))
}
