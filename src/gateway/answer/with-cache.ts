import { inTime } from '../in-time.ts'
import { clock } from '../runtime.ts'
import { type ChatRequest, isJsonObject, isResult, type JsonObject } from '../../protocol/index.ts'
import type { Begun, TurnListener } from '../cascade/cascade.ts'
import { newEnvelope } from '../repair/envelope.ts'
import type { AnswerCache, CachedPiece } from '../cache/answer-cache.ts'

/** A model may begin to speak by then. */
const GET_MS = 250
/** Nobody waits for it. */
const SET_MS = 10_000

/** Whether the answer to a request may be kept: none to what a tool has just found. */
export function isCacheable({ messages, n }: ChatRequest): boolean {
  const last = messages.at(-1)
  return last !== undefined && !isResult(last) && (n ?? 1) === 1
}

/** Gives an answer that was given before; else asks for one, and keeps it where it calls no tool. */
export async function withCache(
  cache: AnswerCache,
  request: ChatRequest,
  options: {
    readonly signal: AbortSignal
    readonly listener: TurnListener
    readonly ask: (listener: TurnListener) => Promise<void>
  },
): Promise<void> {
  const { signal, listener, ask } = options
  const startedAt = clock.now()
  const known = await inTime(GET_MS, () => cache.get(request))
  if (isAnswer(known)) {
    listener.begun({ upstream: undefined, told: toldIn(known) })
    return replay(known, { pace: cache.pace, signal, say: listener.said })
  }
  const pieces: CachedPiece[] = []
  await ask({
    ...listener,
    said(sent) {
      const atMs = Math.round(clock.now() - startedAt)
      for (const { chunk } of sent) {
        // Not everybody asks for the usage.
        if (!chunk['usage']) pieces.push({ atMs, chunk })
      }
      listener.said(sent)
    },
  })
  if (pieces.some(({ chunk }) => callsTool(chunk))) return
  void inTime(SET_MS, () => cache.set(request, pieces))
}

/** Whether what was kept can be said: others may write to where it is kept. */
function isAnswer(known: unknown): known is readonly CachedPiece[] {
  const isPiece = (piece: Partial<CachedPiece> | null) =>
    typeof piece?.atMs === 'number' && Array.isArray(piece.chunk?.['choices'])
  return Array.isArray(known) && known.length > 0 && known.every(isPiece)
}

/** The same words, as an answer of its own. */
async function replay(
  pieces: readonly CachedPiece[],
  options: {
    readonly pace: AnswerCache['pace']
    readonly signal: AbortSignal
    readonly say: TurnListener['said']
  },
): Promise<void> {
  const startedAt = clock.now()
  const { id, created } = newEnvelope('')
  for (const { atMs, chunk } of pieces) {
    if (options.pace === 'recorded') await until(startedAt + atMs, options.signal)
    options.say([{ chunk: { ...chunk, id, created }, isContent: isContent(chunk) }])
  }
}

function toldIn(pieces: readonly CachedPiece[]): Begun['told'] {
  const reasons = pieces.map(({ chunk }) => choiceOf(chunk)['finish_reason'])
  const finishReason = reasons.find((reason) => typeof reason === 'string')
  const thoughts = pieces.map(({ chunk }) => deltaOf(chunk)['reasoning_content'])
  const reasoning = thoughts.filter((each) => typeof each === 'string').join('')
  return { usage: undefined, finishReason, reasoning }
}

function callsTool(chunk: JsonObject): boolean {
  const delta = deltaOf(chunk)
  return 'tool_calls' in delta || 'function_call' in delta
}

function isContent(chunk: JsonObject): boolean {
  return 'content' in deltaOf(chunk)
}

function deltaOf(chunk: JsonObject): JsonObject {
  const { delta } = choiceOf(chunk)
  return isJsonObject(delta) ? delta : {}
}

function choiceOf({ choices }: JsonObject): JsonObject {
  const [choice] = Array.isArray(choices) ? choices : []
  return isJsonObject(choice) ? choice : {}
}

/** @throws the reason of `signal`, where it aborts before. */
async function until(moment: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const { promise, resolve } = Promise.withResolvers<void>()
  const callOff = clock.at(moment, resolve)
  const leave = () => {
    callOff()
    resolve()
  }
  signal.addEventListener('abort', leave, { once: true })
  await promise
  signal.removeEventListener('abort', leave)
  signal.throwIfAborted()
}
