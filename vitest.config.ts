import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** They measure, in threads of their own. */
const MEASURING = ['test/bench/**/*.test.ts']

/** What takes longest, in this order. */
const LONGEST = [
  'conformance/self-test',
  'conformance/self-test-responses',
  'bench/capacity',
  'bench/sweep',
  'snippets',
  'conformance/bounds',
  'conformance/splits',
  'bench/benchmark',
  'bench/mistakes',
  'cli/bench',
  'report/html',
  'secrets',
  'conformance/nginx',
]

/** What takes longest begins first: no core has to wait for it in the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification) => {
      const place = LONGEST.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`))
      return place === -1 ? LONGEST.length : place
    }
    // oxlint-disable-next-line unicorn/no-array-sort -- it is no array that sorts
    return (await super.sort(files)).toSorted((a, b) => placeOf(a) - placeOf(b))
  }
}

export default defineConfig({
  test: {
    sequence: { shuffle: { files: false, tests: true }, sequencer: LongestFirst },
    // Many of them wait: for a clock, or for a process of their own.
    maxWorkers: availableParallelism() + 1,
    projects: [
      { extends: true, test: { name: 'measuring', include: MEASURING } },
      // Those that measure nothing share what they import, which takes a quarter of a second.
      {
        extends: true,
        test: {
          name: 'others',
          include: ['test/**/*.test.ts'],
          exclude: MEASURING,
          globalSetup: ['test/support/built-cli.ts'],
          isolate: false,
        },
      },
    ],
    // They end what hangs; a busy machine may take long.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 10_000 } },
    // It imports JSON as only bundlers can.
    server: { deps: { inline: ['@actions/workflow-parser'] } },
    coverage: {
      // It slows down what it covers alone.
      provider: 'istanbul',
      // Every message that a check can give is given by some test.
      include: ['src/conformance/checks/**'],
      thresholds: { statements: 100, lines: 100, functions: 100 },
      reporter: ['text-summary', ['text', { skipFull: true }]],
    },
  },
})
