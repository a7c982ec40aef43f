import type { RE2JS } from 're2js'

/** Is told of work while it is done, in instructions looked at, and may throw to end it. */
export type Spend = (instructions: number) => void

/** An expression that tells what it costs, beyond a few nanoseconds for each character. */
export interface MeteredRegex {
  readonly test: (text: string, spend: Spend) => boolean
  readonly exec: (text: string, spend: Spend) => readonly (string | undefined)[] | undefined
}

/** What a state costs, however few instructions it stands for. */
const STATE = 16
/** To walk through an instruction for a character costs half of what it does to make a state of it. */
const WALK = 0.5

const FREE: Spend = () => {}

/**
 * Meters where RE2 takes long: where it makes a state that it has not met, of which some expressions
 * have more than any memory can hold, and where it walks through all instructions for each character.
 */
export function meteredRegex(regex: RE2JS): MeteredRegex {
  const re2 = regex.re2()
  const size = regex.programSize()
  let spent = FREE
  const walk = re2.doExecuteNFA.bind(re2)
  re2.doExecuteNFA = (input: { endPos(): number }, ...rest) => {
    spent(input.endPos() * size * WALK)
    return walk(input, ...rest) as unknown
  }
  let isMetered = false
  // Made when it is first asked for, since few expressions of a large file ever are.
  const meterStates = () => {
    isMetered = true
    const { dfa } = re2
    const make = dfa.makeState.bind(dfa)
    dfa.makeState = (instructions: readonly number[], ...rest) => {
      const state = make(instructions, ...rest) as { nfaStates: readonly number[] } | null
      spent(STATE + instructions.length + (state?.nfaStates.length ?? size))
      return state
    }
  }
  return {
    test(text, spend) {
      if (!isMetered) meterStates()
      spent = spend
      try {
        return regex.test(text)
      } finally {
        spent = FREE
      }
    },
    exec(text, spend) {
      // What finds groups in short texts is no cheaper.
      if (re2.onepass === null) spend(text.length * size * WALK)
      return regex.exec(text) ?? undefined
    },
  }
}
