import { defineConfig } from 'vitest/config'

/** What is measured, or has to meet in time, has the machine to itself. */
const TIMED = ['test/bench/**/*.test.ts', 'test/conformance/self-test.test.ts']

export default defineConfig({
  test: {
    sequence: { shuffle: true },
    projects: [
      {
        extends: true,
        test: { name: 'timed', include: TIMED, maxWorkers: 1, sequence: { groupOrder: 0 } },
      },
      {
        extends: true,
        test: {
          name: 'untimed',
          include: ['test/**/*.test.ts'],
          exclude: TIMED,
          // Most of them wait: for a clock, or for a process of their own.
          maxWorkers: '100%',
          sequence: { groupOrder: 1 },
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
      // Every message that a check can give is given by some test.
      include: ['src/conformance/checks/**'],
      thresholds: { statements: 100, lines: 100, functions: 100 },
      reporter: ['text-summary', ['text', { skipFull: true }]],
    },
  },
})
