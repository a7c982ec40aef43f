import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    sequence: { shuffle: true },
    // Most of them wait: for a clock, or for a process of their own.
    maxWorkers: '100%',
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
