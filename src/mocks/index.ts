export type { ChatRequest } from '../protocol/index.ts'
export { type Clock, eventStreamReply, jsonReply, type Reply, virtualClock } from '../wire/index.ts'
export { importAimock, type Imported } from './aimock/import-aimock.ts'
export { defaultModel, type DefaultModelOptions } from './default-model.ts'
export { errorReply } from './error-reply.ts'
export type { FindFault } from './faults/find-fault.ts'
export { readFault } from './faults/read-fault.ts'
export { sometimes } from './faults/sometimes.ts'
export { type FetchFunction, type MockFetch, mockFetch } from './fetch-front.ts'
export { type Journal } from './journal/journal.ts'
export { journalJson } from './journal/journal-json.ts'
export type { JournalEntry, Write } from './journal/journal-entry.ts'
export { answerModels } from './answer-models.ts'
export { maskOf } from './mask-of.ts'
export { type Among, type MatcherResult, matchers, type MockLlmMatchers } from './matchers.ts'
export { createMockLlm, type MockControl, type MockLlm, type MockLlmOptions } from './mock-llm.ts'
export type { CallContext, Miss, Model, Why } from './model.ts'
export type { Distribution, Pacing, Stall } from './pacing/pacing.ts'
export { methodNotAllowed, notFound } from './refusals.ts'
export { ScenarioError } from './scenario/scenario-error.ts'
export type {
  AnswerSpec,
  AnyToolResult,
  CallSpec,
  ErrorSpec,
  FaultSpec,
  NamePattern,
  RegexJson,
  RequestInfo,
  Scenario,
  TextPattern,
  Then,
  ToolResultPattern,
  When,
} from './scenario/scenario.ts'
export { scenariosFrom } from './scenario/validate-scenarios.ts'
export { scenariosSchema } from './scenario/scenario-schema.ts'
export { namedScope, scopeOf } from './scope-of.ts'
export type { StandIn } from './stand-in.ts'
export { warmUp } from './warm-up.ts'
