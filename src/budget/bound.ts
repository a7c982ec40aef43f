/** What a value must be, to keep a budget: `{ operator: '<', bound: 800 }`. */
export interface Bound {
  readonly operator: '<' | '<=' | '>' | '>='
  readonly bound: number
}

/** Whether a value keeps a bound. */
export function keepsBound({ operator, bound }: Bound, value: number): boolean {
  switch (operator) {
    case '<':
      return value < bound
    case '<=':
      return value <= bound
    case '>':
      return value > bound
    case '>=':
      return value >= bound
  }
}

/** Whether it bounds values from above. */
export function isUpper({ operator }: Bound): boolean {
  return operator === '<' || operator === '<='
}
