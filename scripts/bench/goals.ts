/** What is measured, and the bound that it is to keep. */
export type Goal = readonly [what: string, value: number, how: '>=' | '<=', bound: number]

/** One line a goal: whether it was met. */
export function tellGoals(goals: readonly Goal[]): string[] {
  return goals.map(([what, value, how, bound]) => {
    const met = how === '<=' ? value <= bound : value >= bound
    return `${met ? 'met   ' : 'missed'}  ${what}: ${value.toFixed(2)} (${how} ${bound})`
  })
}
