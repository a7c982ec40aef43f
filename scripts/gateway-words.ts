import type { TurnLine } from '../src/gateway/account/turn-line.ts'
import type { UpstreamFault } from '../src/gateway/upstream/upstream-error.ts'

/** What the fields of a line of the gateway's log mean, as its page says it. */
export const gatewayLogFields: Readonly<Record<keyof TurnLine, string>> = {
  id: "the request's: its `x-request-id`, or one that the gateway made",
  conversation: 'whose turn it was, where the request says so',
  key: "the name of the caller's key, never the key",
  model: 'the name under which the model is configured',
  stream: 'whether the answer was streamed',
  status: 'of the answer',
  outcome:
    '`answered`, `apologized` (with the configured sentence), `refused` (by the gateway), `failed`, `client-left`, `superseded` (by a newer request of the conversation), `drained` (the gateway stopped)',
  upstream: 'which upstream answered',
  attempts:
    'each upstream that was asked: `upstream`, `model`, `fault`, `why` in words, without secrets, and after how many `ms`',
  firstContentMs: "until the model's first own word, or its call of a tool",
  firstSentenceMs: 'until a voice could speak the first sentence',
  longestGapMs: 'the longest time between two pieces of content',
  totalMs: 'until the end',
  usage:
    'tokens: `input`, `output`, `cached` and `reasoning` among them, and the `source`: `upstream` told, or they were `counted` here',
  finishReason: 'why the model stopped',
  bufferWords: 'how often buffer words were said',
  cache: '`off`, `miss` or `hit`',
  shared: 'whether the answer is that of a twin, which was under way at the same time',
  asked: 'what was asked; only with `--log-content`',
  said: 'what was answered; only with `--log-content`',
}

/** What the faults of upstreams mean. */
export const gatewayFaults: Readonly<Record<UpstreamFault, string>> = {
  unreachable: 'no connection, or none that lasted until there was an answer',
  unauthorized: "it refused the gateway's key (401, 403)",
  'rate-limited': '429',
  refused: 'another 4xx: it does not like the request',
  failed: '5xx, or it said that something broke',
  late: 'a limit of time ran out',
  broken: 'its answer broke off',
  garbled: 'what it sent is no answer',
  filtered: 'a content filter left nothing of its answer',
}
