export { SoundcheckError, type SoundcheckErrorCode, TOOL } from '../endpoint/index.ts'
export { conversationRequests, type Habits } from './plan/conversation-requests.ts'
export { longPrompt } from './plan/long-prompt.ts'
export type { Extent, Load, Shard } from './plan/load.ts'
export { parseMoment } from './plan/parse-moment.ts'
export { parseShard } from './plan/parse-shard.ts'
export { type Message, questionRequests, type Requests, SYSTEM_PROMPT } from './plan/requests.ts'
export { type BenchReport, benchReportSchema } from './result/bench-report-schema.ts'
export type { MetricSummary } from './result/figures-schema.ts'
export { benchmark } from './run/benchmark.ts'
export type { BenchOptions, BenchProgress, Breach } from './run/bench-options.ts'
export {
  compare,
  type CompareOptions,
  type Comparison,
  type Difference,
  type MetricComparison,
} from './compare/compare.ts'
export { merge } from './result/merge.ts'
export {
  type Capacity,
  type CapacityOptions,
  findCapacity,
  longestSearch,
  type SearchEffort,
} from './run/find-capacity.ts'
export type { LoadStep, StepOptions } from './run/step-taker.ts'
export { type Sweep, sweep } from './run/sweep.ts'
export { type Versus, versus } from './run/versus.ts'
