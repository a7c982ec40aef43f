import { expect } from 'vitest'
import { type Among, matchers, type MockLlmMatchers } from '../mocks/index.ts'

export { type ConformanceOptions, describeConformance } from './describe-conformance.ts'
export { type MockLlmOfTest, useMockLlm } from './use-mock-llm.ts'
export type { Among, MockLlmMatchers }

declare module 'vitest' {
  // oxlint-disable-next-line typescript/no-empty-object-type
  interface Matchers<R extends void | Promise<void>, T> extends MockLlmMatchers<R> {}
}

expect.extend(matchers)
