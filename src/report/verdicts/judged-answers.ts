import type { Check } from '../../conformance/index.ts'

/** Which answers a check judges, in words, or as a list of probes. */
export function judgedAnswers(
  { probes }: Check,
  list: (probes: readonly string[]) => string,
): string {
  switch (probes) {
    case 'every':
      return 'every answer'
    case 'every-stream':
      return 'every streamed answer'
    default:
      return list(probes)
  }
}
