import type { CheckReport } from '../../src/conformance/index.ts'

/** What a run found, in the words of its checks. */
export function failuresOf({ checks }: CheckReport): readonly [string, ...string[]][] {
  return checks
    .filter(({ status }) => status === 'fail')
    .map(({ id, findings }) => [id, ...findings.map(({ message }) => message)])
}
