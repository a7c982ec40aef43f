import { chat } from './chat/chat.ts'
import type { Dialect } from './dialect.ts'
import { responses } from './responses/responses.ts'

/** All dialects; the first one is meant where none is named. */
export const dialects: readonly Dialect[] = [chat, responses]
