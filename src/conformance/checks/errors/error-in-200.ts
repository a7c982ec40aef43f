import {
  chat,
  type ChoicePiece,
  isFailureReason,
  isJsonObject,
  type Json,
  type JsonObject,
  type Reading,
  responses,
} from '../../../protocol/index.ts'
import type { EventFrame, Frame, SseEvent, Tamper } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { inconclusive } from '../../check/gap.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, OPENAI_NODE_STREAMING, RESPONSES_EVENTS } from '../../check/sources.ts'
import type { Datum } from '../../evidence/chat-evidence.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { isProbeId } from '../../probe-ids.ts'
import {
  type Draft,
  editEvents,
  editFinishReason,
  editFrames,
  renumbered,
} from '../../faults/index.ts'

const OVERLOADED = 'The model is overloaded.'
const ERROR: Draft = {
  type: 'error',
  error: { type: 'server_error', code: 'server_is_overloaded', message: OVERLOADED, param: null },
}

export default defineCheck({
  id: 'errors/error-in-200',
  title: 'An answer with status 200 is a reply, not an error',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'The client throws when a chunk has an `error`: the turn has failed, whatever the status was',
    ...OPENAI_NODE_STREAMING,
    seenIn: issue('block/goose', 8027),
  },
  effect:
    'The platform reports "Failed to generate response from custom LLM", perhaps after half a sentence has been spoken.',
  fix: 'Find out why the model behind your endpoint failed. Before the first chunk, retry, or answer with status 5xx; after it, send the error and end the stream.',
  wordsIn: {
    responses: {
      requirement: {
        text: 'The events error and response.failed say that the response has failed, whatever the status was',
        ...RESPONSES_EVENTS,
        seenIn: issue('block/goose', 8027),
      },
      fix: 'Find out why the model behind your endpoint failed. Before the first event, retry, or answer with status 5xx; after it, send the event error, then response.failed, and end the stream.',
    },
  },
  probes: 'every-stream',
  needs: ['stream-asked', 'success'],
  signs: ['odd-event', 'odd-chunk'],
  *inspect(evidence) {
    const { json, reading } = evidence
    const failed = failureIn(evidence)
    const broken = brokenIn(evidence)
    if (failed) {
      yield { ...describe(failed, evidence), at: failed }
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
  mutants: {},
  mutantsIn: {
    chat: {
      'error-chunk-object': breakWith({
        message: 'The model is overloaded.',
        type: 'server_error',
      }),
      'error-chunk-string': breakWith('Internal error occurred!'),
      'error-then-hang': breakWith(
        { message: 'The model is overloaded.', type: 'server_error' },
        { kind: 'hang-up', atMs: 0, how: 'stall' },
      ),
      'finish-error': editFinishReason(() => 'error'),
    },
    responses: {
      'error-event': endWith(() => [ERROR]),
      'error-flat': endWith(() => [
        { type: 'error', code: null, message: OVERLOADED, param: null },
      ]),
      'error-then-failed': endWith((response) => [ERROR, failedEvent(response)]),
      'response-failed': endWith((response) => [failedEvent(response)]),
      'error-without-type': breakWith({ message: OVERLOADED, type: 'server_error' }),
    },
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

/** The event that tells of an error. */
function failureIn(evidence: Evidence): SseEvent | undefined {
  if (evidence.dialect.id === chat.id) return evidence.chat.read.find(isError)?.event
  const error = evidence.reading.pieces.find(({ kind }) => kind === 'error')
  return error && evidence.stream.events[error.event]
}

/** The piece of a chat completion that ends in a failure. */
function brokenIn(evidence: Evidence): ChoicePiece | undefined {
  if (evidence.dialect.id !== chat.id) return undefined
  return evidence.chat.pieces.find(({ json }) => isFailureReason(json['finish_reason']))
}

function describe({ index, data }: SseEvent, evidence: Evidence) {
  const { stream, exchange, dialect } = evidence
  const before = dialect.readReply(stream.events.slice(0, index))
  const after = dialect.readReply(stream.events.slice(index + 1))
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
    // The caller has heard everything; or it may have been meant to fail, and does so in good form.
    ...((isOver || (!isOurs(evidence) && failedInForm(evidence))) && {
      severity: 'warning' as const,
    }),
  }
}

/** Our probes are to be answered; of what others recorded, the form is judged. */
function isOurs({ probe }: Evidence): boolean {
  return probe !== undefined && isProbeId(probe)
}

/** Whether a response that was begun says of itself that it has failed, and why: OpenAI's own do so. */
function failedInForm(evidence: Evidence): boolean {
  if (evidence.dialect.id !== responses.id) return false
  const { events, terminals } = evidence.responses
  const begun = events[0]?.type === 'response.created'
  const last = terminals.at(-1)
  const error = last?.response?.['error']
  return (
    begun && last?.type === 'response.failed' && isJsonObject(error) && isTold(error['message'])
  )
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

function failedEvent(response: Draft): Draft {
  const error = { code: 'server_error', message: OVERLOADED }
  return { type: 'response.failed', response: { ...response, status: 'failed', error } }
}

/** Breaks off in the middle, with other events of the Responses API, told the response so far. */
function endWith(events: (response: Draft) => Draft[]): Tamper {
  return editEvents((all) =>
    renumbered([
      ...all.slice(0, all.length / 2),
      ...events(all[0]?.response).map((event) => ({ ...event, sequence_number: 0 })),
    ]),
  )
}

/** Breaks off in the middle, with an error. */
function breakWith(error: Json, ...rest: Frame[]) {
  const event: EventFrame = { kind: 'event', atMs: 0, data: JSON.stringify({ error }) }
  return editFrames((frames) => [...frames.slice(0, frames.length / 2), event, ...rest])
}
