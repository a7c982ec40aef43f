import { type ChatRequest, choiceOf, offersOf } from '../../../protocol/index.ts'
import type { Scenario } from '../spec/scenario.ts'
import type { Condition } from './condition.ts'
import { dueOf } from './due-of.ts'
import { list } from './shown.ts'
import type { Situation } from './situation.ts'

/** A tool that is not offered cannot be called: no model that keeps the contract would. */
export function callsOffered(then: Scenario['then']): Condition[] {
  const names = calledBy(then).flat()
  if (names.length === 0) return []
  const missing = (situation: Situation) =>
    names.filter((name) => !offered(situation).includes(name))
  return [
    {
      name: 'calls',
      holds: (situation) => missing(situation).length === 0,
      explain: (situation) => `the request does not offer ${list(missing(situation))}`,
    },
  ]
}

/** Nor can one that the request rules out, which may be another one with each turn. */
export function callsChosen(then: Scenario['then'], others: readonly Condition[]): Condition[] {
  const called = calledBy(then)
  if (called.flat().length === 0) return []
  const ruledOut = (situation: Situation) => {
    const allowed = namesChosen(situation.request)
    if (!allowed) return []
    return called[dueOf(called.length, others, situation)]!.filter(
      (name) => !allowed.includes(name),
    )
  }
  return [
    {
      name: 'choice',
      holds: (situation) => ruledOut(situation).length === 0,
      explain: (situation) => whyRuledOut(situation.request, ruledOut(situation)),
    },
  ]
}

/** What each answer of a sequence calls. */
function calledBy(then: Scenario['then']): string[][] {
  if (typeof then === 'function') return []
  return [then]
    .flat()
    .map((each) => (typeof each === 'string' ? [] : (each.calls ?? []).map(({ name }) => name)))
}

/** The names of the tools that may be called; all, when absent. */
function namesChosen(request: ChatRequest): readonly string[] | undefined {
  const { choice, allowed } = choiceOf(request)
  if (choice === 'none') return []
  return typeof choice === 'object' ? [choice.name] : allowed
}

function whyRuledOut(request: ChatRequest, names: readonly string[]): string {
  const { choice } = choiceOf(request)
  const member = (request.tool_choice ?? null) === null ? 'function_call' : 'tool_choice'
  if (choice === 'none') return `${member} is "none"`
  return `${member} allows ${list(namesChosen(request) ?? [])}, not ${list(names)}`
}

/** The names of the tools that are offered. */
export function offered({ request }: Situation): string[] {
  return offersOf(request).map(({ name }) => name)
}
