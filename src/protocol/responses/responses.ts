import type { Dialect } from '../dialect.ts'
import { answerKept } from './kept/answer-kept.ts'
import { readResponse } from './read/read-response.ts'
import { readResponses } from './read/read-responses.ts'
import { inChatWords } from './request/in-chat-words.ts'
import { makeRequest } from './request/make-request.ts'
import { numbered } from './write/numbered.ts'
import { readResponsesRequest } from './request/read-responses-request.ts'
import { saysSomething } from './says-something.ts'
import { TERMINAL_TYPES } from './terminal-types.ts'
import type { ResponseStyle } from './write/response-style.ts'
import { writeResponse } from './write/write-response.ts'

/** OpenAI's Responses API, written in some style. */
export function responsesIn(style: ResponseStyle): Dialect {
  return {
    id: 'responses',
    title: 'Responses',
    path: '/responses',
    terminator: { types: TERMINAL_TYPES },
    makeRequest,
    inChatWords,
    readRequest: readResponsesRequest,
    readReply: readResponses,
    readWhole: readResponse,
    number: numbered,
    saysSomething,
    writeReply: async (answers, form) => writeResponse(answers, form, style),
    answerKept,
  }
}

/**
 * OpenAI's Responses API, as OpenAI speaks it.
 *
 * @see https://platform.openai.com/docs/api-reference/responses
 */
export const responses: Dialect = responsesIn({})
