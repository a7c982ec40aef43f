import {
  isFailureReason,
  isJsonObject,
  type Json,
  type JsonObject,
  readChat,
  type Reading,
} from '../../../protocol/index.ts'
import type { EventFrame, Frame } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { inconclusive } from '../../check/gap.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, OPENAI_NODE_STREAMING } from '../../check/sources.ts'
import type { Datum } from '../../evidence/chat-evidence.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { editFinishReason, editFrames } from '../../faults/index.ts'

export default defineCheck({
  id: 'errors/error-in-200',
  title: 'An answer with status 200 is a reply, not an error',
  severity: 'error',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'The client throws when a chunk has an `error`: the turn has failed, whatever the status was',
    ...OPENAI_NODE_STREAMING,
    seenIn: issue('block/goose', 8027),
  },
  effect:
    'The platform reports "Failed to generate response from custom LLM", perhaps after half a sentence has been spoken.',
  fix: 'Find out why the model behind your endpoint failed. Before the first chunk, retry, or answer with status 5xx; after it, send the error and end the stream.',
  probes: 'every-stream',
  needs: ['stream-asked', 'success'],
  signs: ['odd-event', 'odd-chunk'],
  *inspect(evidence) {
    const { json, chat, reading } = evidence
    const failed = chat.read.find(isError)
    const broken = evidence.chat.pieces.find(({ json: piece }) =>
      isFailureReason(piece['finish_reason']),
    )
    if (failed) {
      yield { ...describe(failed, evidence), at: failed.event }
    } else if (broken) {
      const reason = showJson(broken.json['finish_reason'])
      yield {
        message: `The reply ends with finish_reason ${reason}: ${saysSomething(reading) ? 'it was cut off by a failure' : 'a failure came in its place'}.`,
        expected: 'a whole reply',
        actual: reason,
        ...evidence.where(broken, '/finish_reason'),
      }
    } else if (isJsonObject(json) && saysError(json)) {
      yield {
        message: `The answer is an upstream error${evidence.exchange ? ' with status 200' : ''}.`,
        expected: 'a stream, or the status of the error',
        actual: showJson(json),
      }
    } else if (evidence.stream.events.length === 0) {
      return inconclusive('the body is not an event stream')
    }
  },
  mutants: {
    'error-chunk-object': breakWith({ message: 'The model is overloaded.', type: 'server_error' }),
    'error-chunk-string': breakWith('Internal error occurred!'),
    'error-then-hang': breakWith(
      { message: 'The model is overloaded.', type: 'server_error' },
      { kind: 'hang-up', atMs: 0, how: 'stall' },
    ),
    'finish-error': editFinishReason(() => 'error'),
  },
  echoes: [
    'transport/stream-flag-ignored',
    'transport/content-type',
    'transport/body-complete',
    'sse/bare-json-lines',
    'sse/unknown-field',
    'sse/done',
    'chunk/choices-present',
    'chunk/envelope-fields',
    'chunk/role-sent',
    'stream/no-chunks',
    'stream/cut-off',
    'stream/empty-reply',
    'stream/finish-reason-missing',
    'stream/finish-reason-value',
    'stream/include-usage',
    'tools/arguments-json',
    'tools/arguments-empty',
    'tools/finish-reason',
  ],
})

function describe({ event: { index, data } }: Datum, { stream, exchange }: Evidence) {
  const before = readChat(stream.events.slice(0, index))
  const after = readChat(stream.events.slice(index + 1))
  const wentOn = saysSomething(after) || exchange?.end.how === 'timeout'
  const isOver = before.choices.length > 0 && before.choices.every((each) => each.finishReason)
  return {
    message: [
      'The stream has an upstream error',
      isOver
        ? ' although the reply was over'
        : saysSomething(before)
          ? ' after part of a reply'
          : ' and no reply',
      wentOn ? ', and did not end there.' : '.',
    ].join(''),
    expected: 'a whole reply',
    actual: data,
    // Clients throw, but the caller has heard everything.
    ...(isOver && { severity: 'warning' as const }),
  }
}

function saysSomething({ choices }: Reading): boolean {
  return choices.some(({ text, calls }) => text !== '' || calls.length > 0)
}

function isError({ event, payload }: Datum): boolean {
  if (payload.kind === 'error') return true
  return payload.kind === 'chunk' && (event.name === 'error' || saysError(payload.json))
}

/** Some servers send the error in a wrapper of their own: `{"object": "error", "message": ...}`, or FastAPI's. */
function saysError(json: JsonObject): boolean {
  const { error, object, type, choices, detail } = json
  if (isTold(error)) return true
  if (Array.isArray(choices)) return false
  return (
    object === 'error' || type === 'error' || (isTold(detail) && Object.keys(json).length === 1)
  )
}

/** An empty error says nothing. */
function isTold(error: Json | undefined): boolean {
  if (isJsonObject(error) || Array.isArray(error)) return Object.keys(error).length > 0
  return typeof error === 'string' && error !== ''
}

/** Breaks off in the middle, with an error. */
function breakWith(error: Json, ...rest: Frame[]) {
  const event: EventFrame = { kind: 'event', atMs: 0, data: JSON.stringify({ error }) }
  return editFrames((frames) => [...frames.slice(0, frames.length / 2), event, ...rest])
}
