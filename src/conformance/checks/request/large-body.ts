import { textReply } from '../../../wire/index.ts'
import { bodyLimitSetting } from './body-limit-setting.ts'
import { defineCheck, type Observation } from '../../check/define-check.ts'
import { describeAnswer } from '../../observe/describe-answer.ts'
import { inconclusive, skip } from '../../check/gap.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { answerWhere, noAnswer, refuseWhen } from '../../faults/index.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeRefusals } from './observe-refusals.ts'
import { refusedFor } from './refused-for.ts'
import { LARGE_PROMPT_BYTES, STREAMED_PROBES } from '../../probe-ids.ts'
import { messagesOf, type RequestFeature } from './request-feature.ts'

const LARGE_BYTES = 100_000

export const large: RequestFeature = {
  name: `a body of more than ${LARGE_BYTES / 1000} kB`,
  needed: true,
  isIn: (request) => JSON.stringify(request).length > LARGE_BYTES,
  removeFrom: (request) => ({
    ...request,
    messages: messagesOf(request).filter((_, i, all) => i === 0 || i === all.length - 1),
  }),
}

export default defineCheck({
  id: 'request/large-body',
  title: 'A history of 150 kB is accepted, and a body of 2 MB',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'Every turn carries the whole history, all tools and the system prompt, which may have 2 MB',
    ...ELEVENLABS,
    seenIn: issue('lutzleonhardt/copilot-proxy', 4),
  },
  effect: 'Long calls break off, at the same length every time.',
  fix: 'Raise the limit on bodies of your framework, and of a proxy before it, to some megabytes (Express allows 100 kB unless told otherwise, nginx 1 MB).',
  probes: [...STREAMED_PROBES, 'large-prompt'],
  needs: ['exchange', 'admitted'],
  *compare(evidence) {
    const turns = evidence.filter(({ probe }) => probe !== 'large-prompt')
    // The status names its cause: no other request has to prove it.
    const named = turns.filter(({ exchange }) => exchange.response?.status === 413)
    const refused = named.length > 0 ? named : refusedFor(large, turns)
    if (refused.length > 0 && refused.every(({ namesContextLimit }) => namesContextLimit)) {
      return skip("a history of 150 kB exceeds the model's context")
    }
    const [smallest, ...alike] = named.toSorted((a, b) => bytesOf(a) - bytesOf(b))
    if (smallest) {
      yield { ...observe(smallest, bytesOf(smallest)), alike }
      return undefined
    }
    const prompt = evidence.findLast(({ probe }) => probe === 'large-prompt')
    if (!prompt || refused.length > 0) return yield* observeRefusals(turns, large)
    if (!turns.some(({ wasAccepted }) => wasAccepted)) {
      return inconclusive('no request was accepted, however short')
    }
    const { response } = prompt.exchange
    const isTooLarge =
      response?.status === 413 ? !prompt.namesContextLimit : !response && prompt.wasRefused
    if (isTooLarge) yield { ...observe(prompt, LARGE_PROMPT_BYTES), severity: 'warning' }
    return undefined
  },
  mutants: {
    'body-limit-100k': refuseWhen(large.isIn, 'request entity too large', 413),
    'body-limit-100k-page': answerWhere(
      ({ body }) => (body?.length ?? 0) > 100_000,
      textReply(
        413,
        'text/html; charset=utf-8',
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<title>Error</title>\n</head>\n<body>\n<pre>PayloadTooLargeError: request entity too large</pre>\n</body>\n</html>\n',
      ),
    ),
    'body-limit-1m-reset': answerWhere(
      ({ body }) => (body?.length ?? 0) > 1_000_000,
      noAnswer('reset'),
    ),
  },
  echoes: ECHOES_OF_REFUSAL,
})

function bytesOf({ exchange }: Evidence): number {
  return exchange?.request.body?.length ?? 0
}

function observe(evidence: Evidence, bytes: number): Observation {
  const size = bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${bytes / 1_000_000} MB`
  const setting = bodyLimitSetting(evidence)
  return {
    message: evidence.exchange?.response
      ? `A body of ${size} was refused as too large (status 413).`
      : `A body of ${size} broke the connection, twice; shorter requests were answered.`,
    expected: 'status 200',
    actual: describeAnswer(evidence),
    evidence,
    ...(setting !== undefined && {
      fix: `Raise the limit on bodies to some megabytes. ${setting}.`,
    }),
  }
}
