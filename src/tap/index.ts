export { ExchangeStore, type StoreOptions } from './save/exchange-store.ts'
export { type ConversationTurn, Conversations } from './conversation/conversations.ts'
export { hear, type Heard, type HearingOptions } from './conversation/hear.ts'
export type { TurnName } from './conversation/name-turns.ts'
export { type ForeignHar, fromHar, type HarCall } from './har/from-har.ts'
export type { Har } from './har/har.ts'
export { harSchema } from './har/har-schema.ts'
export { toHar } from './har/to-har.ts'
export type { TapInfo } from './pass/exchange-queue.ts'
export type { ConnectionEvent } from './pass/passed-connection.ts'
export {
  asksForAnswer,
  type Passed,
  type RunningTap,
  startTap,
  type TapOptions,
} from './start-tap.ts'
