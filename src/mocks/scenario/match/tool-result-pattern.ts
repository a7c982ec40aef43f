import { namePattern, type Pattern, textPattern } from './patterns.ts'
import type { ToolResultPattern } from '../spec/scenario.ts'
import type { ToolResult } from '../../../protocol/index.ts'

/** Compiles what a tool's result must be like. */
export function toolResultPattern({ name, id, content }: ToolResultPattern): {
  /** `test` tells whether a pattern matches a text; by matching it, when absent. */
  readonly matches: (
    result: ToolResult,
    test?: (pattern: Pattern, text: string) => boolean,
  ) => boolean
  readonly shown: string
} {
  const patterns = {
    ...(name !== undefined && { name: namePattern(name) }),
    ...(id !== undefined && { id: namePattern(id) }),
    ...(content !== undefined && { content: textPattern(content) }),
  }
  const members = Object.entries(patterns) as [keyof ToolResult, (typeof patterns)['name'] & {}][]
  return {
    matches: (result, test = (pattern, text) => pattern.matches(text)) =>
      members.every(([member, pattern]) => test(pattern, result[member])),
    shown: members.map(([member, { shown }]) => `${member} ${shown}`).join(', ') || 'anything',
  }
}
