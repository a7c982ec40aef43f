export { boundBody, type BoundedBody, type Excess, type Marks, marksIn } from './bound-body.ts'
export { BOUNDS } from './bounds.ts'
export { clip } from './clip.ts'
export { decodeSse } from './decode-sse.ts'
export { describeThrown } from './describe-thrown.ts'
export { escapeJson } from './escape-json.ts'
export { escapeText } from './escape-text.ts'
export { escapeUnseen } from './escape-unseen.ts'
export {
  type Arrival,
  concatArrivals,
  type End,
  type Exchange,
  type FailureReason,
  type Header,
  headerValue,
  type HttpRequest,
  type HttpResponseHead,
  memoryOf,
  sizeOf,
  sliceArrivals,
} from './exchange.ts'
export { exchangeSchema } from './exchange-schema.ts'
export {
  arrivalFromJson,
  type ArrivalJson,
  arrivalToJson,
  type ExchangeJson,
  exchangeFromJson,
  exchangeToJson,
} from './exchange-json.ts'
export type { Clock } from './clock.ts'
export { howToAuthorize, type HttpProxy, isForwarded, toNextHop } from './http-proxy.ts'
export { isKeyInPath, looksLikeAKey } from './secrets/looks-like-a-key.ts'
export { namesASecret } from './secrets/names-a-secret.ts'
export { type AnyReply, isLive, type LiveReply } from './live-reply.ts'
export { networkFaults } from './network-faults.ts'
export type { Ending, Spectator } from './playing.ts'
export { realClock } from './real-clock.ts'
export { timerClock } from './timer-clock.ts'
export { respond } from './respond.ts'
export { pieceMask } from './secrets/piece-mask.ts'
export { type SecretMask, secretMask } from './secrets/secret-mask.ts'
export { secretsInBody } from './secrets/secrets-in-body.ts'
export { undoEscapes } from './secrets/undo-escapes.ts'
export {
  type Credentials,
  holdsSecret,
  keysInPath,
  secretsInQuery,
  secretsOf,
  withoutSecretsInUrl,
} from './secrets/secrets-of.ts'
export { settle } from './settle.ts'
export { virtualClock } from './virtual-clock.ts'
export {
  encodeFrame,
  encodeOnce,
  escapedJsonReply,
  type EventFrame,
  eventStreamReply,
  type Frame,
  jsonReply,
  type Reply,
  textReply,
} from './reply.ts'
export type { FramingFact, Place, SseEvent, SseStream } from './sse.ts'
export { type Fault, inject, type Tamper } from './fault.ts'
export type { Call, Handler } from './handler.ts'
export { isLocal } from './is-local.ts'
export { isLoopback } from './is-loopback.ts'
export { listed } from './listed.ts'
export { pathOf } from './path-of.ts'
export { pause } from './pause.ts'
export { isTerminator, type Terminator } from './terminator.ts'
export { Recent } from './recent.ts'
export { COMMAND_START, UNSAFE_IN_LOGS } from './unsafe-in-logs.ts'
export { readHead } from './read-head.ts'
