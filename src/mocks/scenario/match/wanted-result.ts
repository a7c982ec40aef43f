import type { Pattern } from './patterns.ts'
import type { AnyToolResult, ToolResultPattern } from '../spec/scenario.ts'
import type { Situation } from './situation.ts'
import type { ToolResult } from '../../../protocol/index.ts'
import { toolResultPattern } from './tool-result-pattern.ts'

/** Compiles which result of a tool is wanted. */
export function wantedResult(wanted: ToolResultPattern | AnyToolResult): {
  /** Finds it; of several, the last. */
  readonly find: (situation: Situation) => ToolResult | undefined
  /** Whether it may stand anywhere in the turn. */
  readonly isAny: boolean
  readonly shown: string
} {
  const isAny = 'any' in wanted
  const { matches, shown } = toolResultPattern(isAny ? wanted.any : wanted)
  return {
    find(situation) {
      const { toolResults } = situation
      const candidates = isAny ? toolResults : toolResults.slice(-1)
      const test = (pattern: Pattern, text: string) => situation.matches(pattern, text)
      return candidates.findLast((result) => matches(result, test))
    },
    isAny,
    shown,
  }
}
