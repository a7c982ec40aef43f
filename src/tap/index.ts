export { ExchangeStore, type StoreOptions } from './save/exchange-store.ts'
export { type ConversationTurn, Conversations } from './conversation/conversations.ts'
export type { Heard, HearingOptions } from './conversation/hear.ts'
export type { TurnName } from './conversation/name-turns.ts'
