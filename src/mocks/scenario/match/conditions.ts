import { canonicalJson } from '../../../protocol/index.ts'
import { headerValue, namesASecret } from '../../../wire/index.ts'
import { callsChosen, callsOffered, offered } from './call-conditions.ts'
import type { Condition } from './condition.ts'
import { timesBefore } from './due-of.ts'
import { namePattern, textPattern } from './patterns.ts'
import { cut, list, show } from './shown.ts'
import { wantedResult } from './wanted-result.ts'
import type { RequestInfo, Scenario, When } from '../spec/scenario.ts'
import type { Situation } from './situation.ts'

type Rule = Omit<Condition, 'name'>

/** One rule for each member of `when` that is judged by itself. */
const RULES: {
  readonly [Name in Exclude<keyof When, 'nth'>]-?: (wanted: NonNullable<When[Name]>) => Rule
} = {
  user(wanted) {
    const pattern = textPattern(wanted)
    return {
      holds: (situation) => situation.matches(pattern, situation.user),
      explain: ({ user }) => `user says ${show(user)}, not ${pattern.shown}`,
    }
  },
  system(wanted) {
    const pattern = textPattern(wanted)
    return {
      holds: (situation) => situation.matches(pattern, situation.system),
      explain: ({ system }) => `system says ${show(system)}, not ${pattern.shown}`,
    }
  },
  message(wanted) {
    const pattern = textPattern(wanted)
    return {
      holds: (situation) => situation.holds(pattern),
      explain: ({ messages }) => `none of ${messages.length} messages says ${pattern.shown}`,
    }
  },
  tool(wanted) {
    const pattern = namePattern(wanted)
    return {
      holds: (situation) => offered(situation).some((name) => situation.matches(pattern, name)),
      explain: (situation) =>
        `tool ${pattern.shown} is not offered; offered: ${list(offered(situation))}`,
    }
  },
  toolResult,
  turn: (wanted) => ({
    holds: ({ turn }) => turn === wanted,
    explain: ({ turn }) => `turn is ${turn}, not ${wanted}`,
  }),
  model(wanted) {
    const pattern = namePattern(wanted)
    return {
      holds: (situation) => situation.matches(pattern, situation.request.model),
      explain: ({ request }) => `model is ${show(request.model)}, not ${pattern.shown}`,
    }
  },
  header(wanted) {
    const patterns = Object.entries(wanted).map(
      ([name, pattern]) => [name, namePattern(pattern)] as const,
    )
    const failing = (situation: Situation) =>
      patterns.filter(([name, pattern]) => {
        const value = headerValue(situation.headers, name)
        return value === undefined || !situation.matches(pattern, value)
      })
    return {
      holds: (situation) => failing(situation).length === 0,
      // What was seen may be a secret, whatever its name.
      explain: (situation) =>
        failing(situation)
          .map(([name, { shown }]) =>
            namesASecret(name) ? `header ${name} differs` : `header ${name} is not ${shown}`,
          )
          .join(', '),
    }
  },
  elevenlabs_extra_body(wanted) {
    const failing = ({ request }: Situation) =>
      Object.keys(wanted).filter(
        (name) => canonical(request.elevenlabs_extra_body?.[name]) !== canonical(wanted[name]),
      )
    return {
      holds: (situation) => failing(situation).length === 0,
      explain: (situation) =>
        failing(situation)
          .map((name) => {
            if (namesASecret(name)) return `elevenlabs_extra_body.${name} differs`
            const seen = JSON.stringify(situation.request.elevenlabs_extra_body?.[name])
            return `elevenlabs_extra_body.${name} is ${cut(seen ?? 'absent')}, not ${JSON.stringify(wanted[name])}`
          })
          .join(', '),
    }
  },
  attempt: (wanted) => ({
    holds: ({ attempt }) => attempt === wanted,
    explain: ({ attempt }) => `attempt is ${attempt}, not ${wanted}`,
  }),
  predicate: (predicate) => ({
    holds(situation) {
      const holds: unknown = predicate(situation.request, infoOf(situation))
      if (holds instanceof Promise) throw new TypeError(PROMISED)
      return Boolean(holds)
    },
    explain: () => 'predicate is false',
  }),
}

const PROMISED =
  'a predicate gave a promise, which would hold of every request: it must give true or false at once'

/** Compiles the conditions of a scenario; the cheap and telling ones come first. */
export function conditionsOf({ when = {}, then }: Scenario): Condition[] {
  const { nth, ...rest } = when
  const conditions = Object.keys(RULES).flatMap((name) => conditionOf(name, rest))
  conditions.push(...callsOffered(then))
  conditions.push(...callsChosen(then, [...conditions]))
  return nth === undefined ? conditions : [...conditions, nthCondition(nth, conditions)]
}

export function infoOf({ headers }: Situation): RequestInfo {
  return { headers }
}

function conditionOf(name: string, when: When): Condition[] {
  const wanted = when[name as keyof When]
  if (wanted === undefined) return []
  const rule = RULES[name as keyof typeof RULES] as (wanted: unknown) => Rule
  return [{ name, ...rule(wanted) }]
}

function nthCondition(nth: number, others: readonly Condition[]): Condition {
  return {
    name: 'nth',
    holds: (situation) => timesBefore(others, situation) + 1 === nth,
    explain: (situation) => `it is time ${timesBefore(others, situation) + 1}, not ${nth}`,
  }
}

function toolResult(wanted: NonNullable<When['toolResult']>): Rule {
  if (typeof wanted === 'boolean') {
    return {
      holds: ({ toolResults }) => toolResults.length > 0 === wanted,
      explain: ({ toolResults }) =>
        `${toolResults.length} tool results since the user last spoke, ${wanted ? 'not one' : 'not none'}`,
    }
  }
  const { find, isAny, shown } = wantedResult(wanted)
  return {
    holds: (situation) => find(situation) !== undefined,
    explain({ toolResults }) {
      const seen = toolResults.map(({ name, content }) => `${name} ${show(content)}`)
      if (isAny || seen.length < 2) return `no tool result with ${shown}; seen: ${list(seen)}`
      return `the last tool result is ${seen.at(-1)}, not one with ${shown}; to look at all ${seen.length}, use toolResult: { any: ... }`
    },
  }
}

const known = new WeakMap<object, string>()

/** Each value is written once, whatever number of scenarios looks at it. */
function canonical(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  let text = known.get(value)
  if (text === undefined) known.set(value, (text = canonicalJson(value)))
  return text
}
