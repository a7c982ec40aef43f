import type { Reply } from '../../wire/index.ts'
import type { CallContext } from '../model.ts'
import {
  compileReply,
  type ReplyMaker,
  type ReplyMakerOptions,
  type ReplyOptions,
} from './answer/compile-reply.ts'
import { refuseGiven } from './answer/refuse-given.ts'
import type { Condition } from './match/condition.ts'
import { conditionsOf, infoOf } from './match/conditions.ts'
import { dueOf } from './match/due-of.ts'
import { textPattern } from './match/patterns.ts'
import { ScenarioError } from '../scenario-error.ts'
import { placeAndName } from './spec/scenario-place.ts'
import type { AnswerSpec, Scenario } from './spec/scenario.ts'
import type { Situation } from './match/situation.ts'
import { validateScenario } from './spec/validate-scenarios.ts'
import { wantedResult } from './match/wanted-result.ts'

/** A scenario, ready to be played. */
export interface CompiledScenario {
  readonly name: string
  /** What the user must have said, as far as that is known: it rules most scenarios out. */
  readonly said: string
  readonly conditions: readonly Condition[]
  /** Whether neither its conditions nor its answer look at anything but the body of a request. */
  readonly dependsOnBodyAlone: boolean
  /** Rejects with a ScenarioError where code gives what cannot be used. */
  reply(situation: Situation, context: CallContext): Promise<Reply>
}

/**
 * Compiles a scenario.
 *
 * @throws ScenarioError for one that cannot be used.
 */
export function compileScenario(
  scenario: Scenario,
  fallbackName: string,
  options: ReplyOptions,
): CompiledScenario {
  // What was written in JavaScript may be anything.
  const name = (scenario as Scenario | null)?.name ?? fallbackName
  try {
    validateScenario(scenario)
    const conditions = conditionsOf(scenario)
    const user = scenario.when?.user
    const pattern = user === undefined ? undefined : textPattern(user)
    const groupsOf = (situation: Situation) =>
      pattern?.groups(situation.user, situation.spend) ?? []
    const resultOf = resultOfTool(scenario)
    const pick = compileThen(scenario, conditions, { ...options, groupsOf, resultOf })
    return {
      name,
      said: pattern?.contained ?? '',
      conditions,
      dependsOnBodyAlone: dependsOnBodyAlone(scenario),
      reply: async (situation, context) => pick(situation)(situation, context),
    }
  } catch (error) {
    const told = placeAndName(scenario, name)
    throw new ScenarioError(`${told}: ${(error as Error).message}`, { cause: error })
  }
}

function resultOfTool({ when }: Scenario): ReplyMakerOptions['resultOf'] {
  const wanted = when?.toolResult
  if (typeof wanted === 'object') return wantedResult(wanted).find
  return ({ toolResults }) => toolResults.at(-1)
}

function compileThen(
  { then }: Scenario,
  conditions: readonly Condition[],
  options: ReplyMakerOptions,
): (situation: Situation) => ReplyMaker {
  const compile = (each: string | AnswerSpec) =>
    compileReply(typeof each === 'string' ? { text: each } : each, options)
  if (typeof then === 'function') {
    return (situation) => {
      const given = then(situation.request, infoOf(situation))
      try {
        refuseGiven(given, situation)
        return compile(given)
      } catch (error) {
        throw new ScenarioError((error as Error).message, { cause: error })
      }
    }
  }
  const replies = [then].flat().map(compile)
  return (situation) => replies[dueOf(replies.length, conditions, situation)]!
}

function dependsOnBodyAlone({ when = {}, then }: Scenario): boolean {
  if ((when.header ?? when.attempt ?? when.predicate) !== undefined) return false
  if (typeof then === 'function') return false
  return [then]
    .flat()
    .every(
      (each) =>
        !JSON.stringify(each).includes('{{') &&
        (typeof each === 'string' || (each.fault === undefined && !each.pacing?.slowdown)),
    )
}
