import type { Verdict } from '../../conformance/index.ts'
import type { Colors } from './style.ts'

export function verdictWord(verdict: Verdict, colors: Colors): string {
  const word = colors.bold(verdict.toUpperCase())
  switch (verdict) {
    case 'pass':
      return colors.green(word)
    case 'fail':
      return colors.red(word)
    default:
      return colors.yellow(word)
  }
}
