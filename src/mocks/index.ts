export type { ChatRequest } from '../protocol/index.ts'
export {
  type AnyReply,
  type Clock,
  eventStreamReply,
  jsonReply,
  type LiveReply,
  type Reply,
  virtualClock,
} from '../wire/index.ts'
export { importAimock, type Imported } from './scenario/import/import-aimock.ts'
export { defaultModel, type DefaultModelOptions } from './model/default-model.ts'
export { errorReply } from '../protocol/index.ts'
export type { FaultSpec } from './faults/fault-spec.ts'
export type { FindFault } from './faults/find-fault.ts'
export { readFault } from './faults/read-fault.ts'
export { sometimes } from './faults/sometimes.ts'
export { type FetchFunction, type MockFetch, mockFetch } from './fronts/fetch-front.ts'
export type { Journal, JournalEntry, JournalEvent, Miss, Why, Write } from '../journal/index.ts'
export { type Among, type MatcherResult, matchers, type MockLlmMatchers } from './matchers.ts'
export { createMockLlm, type MockControl, type MockLlm } from './mock-llm.ts'
export type { MockLlmOptions } from './mock-llm-options.ts'
export type { MockCall } from './mock-call.ts'
export type { CallContext, Model } from './model.ts'
export type { Distribution, Pacing, Stall } from './pacing/pacing.ts'
export { notFound } from './not-found.ts'
export {
  type RecordedCall,
  type RecordedScenarios,
  type RecordOptions,
  recordScenarios,
} from './scenario/record/record-scenarios.ts'
export { ScenarioError } from './scenario-error.ts'
export type {
  AnswerSpec,
  AnyToolResult,
  CallSpec,
  ErrorSpec,
  MessageSpec,
  NamePattern,
  RegexJson,
  RequestInfo,
  Scenario,
  TextPattern,
  Then,
  ToolResultPattern,
  When,
} from './scenario/spec/scenario.ts'
export { scenariosFrom } from './scenario/spec/validate-scenarios.ts'
export { scenariosSchema } from './scenario/spec/scenario-schema.ts'
export type { ResponseStyle, StandIn } from '../protocol/index.ts'
export { warmUp } from './fronts/warm-up.ts'
