import { expect } from 'vitest'
import { type Among, matchers, type MockLlmMatchers } from '../mocks/index.ts'

export { type ConformanceOptions, describeConformance } from './describe-conformance.ts'
export { type MockLlmOfTest, useMockLlm } from './use-mock-llm.ts'
export { type TapOfTest, type TapOfTestOptions, useTap } from './use-tap.ts'
export type { Among, MockLlmMatchers }

// What `expect` gives in vitest 4 and 5 alike; its own `Matchers` has other parameters in each.
declare global {
  namespace Chai {
    // oxlint-disable-next-line typescript/no-empty-object-type
    interface Assertion extends MockLlmMatchers<void> {}
  }
}

expect.extend(matchers)
