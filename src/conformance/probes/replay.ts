import { SoundcheckError } from '../../endpoint/index.ts'
import {
  compileSchema,
  dialectOfRequest,
  type JsonObject,
  responses,
} from '../../protocol/index.ts'
import type { Expectation } from '../evidence/expectation.ts'
import type { Probe, ProbeRequest } from './define-probe.ts'

/** A request that a user has recorded. */
export interface Recording {
  /** Names it in messages: the file. */
  readonly name: string
  readonly request: JsonObject
  readonly expect?: Expectation
}

/**
 * Makes the probe that sends recorded requests as they are; in the other API, put in its words.
 *
 * @throws SoundcheckError for an expectation that is no pattern, or no schema.
 */
export function replay(recordings: readonly Recording[]): Probe {
  for (const { name, expect = {} } of recordings) assertUsable(name, expect)
  return {
    id: 'replay',
    title: 'requests that were recorded',
    requests: recordings.length,
    alone: true,
    quick: true,
    repeatable: true,
    async run(send, { dialect }) {
      for (const { name, request, expect } of recordings) {
        await send({ ...putIn(dialect, request), name, verbatim: true, ...(expect && { expect }) })
      }
    },
  }
}

/** Probes speak in the words of chat completions, unless they say that they do not. */
function putIn(dialect: string, request: JsonObject): Pick<ProbeRequest, 'body' | 'inOwnWords'> {
  if (dialectOfRequest(request) !== responses) return { body: request }
  return dialect === responses.id
    ? { body: request, inOwnWords: true }
    : { body: responses.inChatWords(request) }
}

function assertUsable(name: string, { text, arguments: schema }: Expectation): void {
  try {
    if (text !== undefined) RegExp(text, 'iu')
    if (schema !== undefined) compileSchema(schema)
  } catch (error) {
    throw new SoundcheckError(
      'INVALID_INPUT',
      `what "${name}" expects cannot be used: ${(error as Error).message}`,
    )
  }
}
