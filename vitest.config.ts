import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    sequence: { shuffle: true },
    testTimeout: 30_000,
    hookTimeout: 30_000,
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
