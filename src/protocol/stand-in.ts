export const STAND_INS = ['openai'] as const

/** An API in whose place the mock stands: what that refuses of what platforms send is refused, too. */
export type StandIn = (typeof STAND_INS)[number]
