import type { Condition } from './condition.ts'
import type { Situation } from './situation.ts'

/** How many times the conditions held in the conversation before. */
export function timesBefore(conditions: readonly Condition[], situation: Situation): number {
  const inHistory = conditions.filter(({ name }) => !OF_THIS_REQUEST.includes(name))
  return situation.earlier.filter((each) => inHistory.every((condition) => condition.holds(each)))
    .length
}

/** Which of so many answers of a sequence is due. */
export function dueOf(
  count: number,
  conditions: readonly Condition[],
  situation: Situation,
): number {
  return count === 1 ? 0 : Math.min(timesBefore(conditions, situation), count - 1)
}

/** What no history tells. */
const OF_THIS_REQUEST = ['attempt', 'choice']
