import { isJsonObject, parseJson } from '../../../protocol/index.ts'
import { jsonReply, type Call, type Handler } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { inconclusive } from '../../check/gap.ts'
import { mentions, NONCES } from '../../evidence/nonces.ts'
import { ELEVENLABS } from '../../check/sources.ts'
import { isFinished } from '../../observe/is-finished.ts'

const [WORD] = NONCES['barge-in']

/** Whose replies say words that were asked for, where words are heard at all. */
const OTHERS = ['tool-result', 'long-history', 'superset'] as const

export default defineCheck({
  id: 'isolation/revised-turn',
  title: 'A turn that is said anew is answered as it is said now',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'What the caller says is recognized again and again: turns are sent anew, longer, or with a shorter history',
    ...ELEVENLABS,
  },
  effect:
    'The agent answers what the caller has taken back, or fails when a history becomes shorter.',
  fix: 'Answer each request by its own messages alone; keep nothing of earlier requests.',
  probes: ['barge-in', ...OTHERS],
  about: 'barge-in',
  needs: ['exchange', 'request', 'admitted'],
  *compare(all) {
    const evidence = all.filter(({ probe }) => probe === 'barge-in')
    const others = all.filter(({ probe }) => probe !== 'barge-in').filter(isFinished)
    // It is said again where the server failed, which may be chance.
    const turn = evidence.findLastIndex(({ exchange }) =>
      mentions(exchange.request.body ?? '', WORD),
    )
    const revised = evidence[turn]
    if (!revised || !evidence[turn - 1]?.wasAccepted) {
      return inconclusive('the turn before was not answered')
    }
    const status = revised.exchange.response?.status ?? 0
    if (revised.wasRefused && status < 500) {
      yield {
        message: 'A turn with a shorter history than the one before was refused.',
        expected: 'status 200',
        actual: `status ${status}${revised.errorText === undefined ? '' : `: ${revised.errorText}`}`,
        evidence: revised,
      }
      return undefined
    }
    if (!isFinished(revised)) {
      return inconclusive('the turn that was said anew got no finished reply')
    }
    if (!mentions(revised.text, WORD)) {
      if (others.length > 0 && !others.some(({ nonces }) => nonces.size > 0)) {
        return inconclusive('no other reply says a word that was asked for, either')
      }
      yield {
        message: `The reply to a turn that was said anew does not answer it: it lacks "${WORD}".`,
        expected: `a reply that says "${WORD}"`,
        actual: revised.text,
        evidence: revised,
      }
    }
    return undefined
  },
  mutants: {
    'stale-turn': {
      wrap<C extends Call>(handler: Handler<C>): Handler<C> {
        let unanswered: string | null = null
        return async (request, call) => {
          const { body } = request
          if (!body?.includes('table')) return handler(request, call)
          const stale = unanswered
          unanswered = body
          return handler({ ...request, body: stale ?? body }, call)
        }
      },
    },
    'history-must-grow': {
      wrap<C extends Call>(handler: Handler<C>): Handler<C> {
        const lengths = new Map<unknown, number>()
        return async (request, call) => {
          const body = parseJson(request.body ?? '')
          const {
            input,
            messages = input,
            elevenlabs_extra_body: extra,
          } = isJsonObject(body) ? body : {}
          const conversation = JSON.stringify(extra ?? null)
          const length = Array.isArray(messages) ? messages.length : 0
          if (extra && length < (lengths.get(conversation) ?? 0)) {
            return jsonReply(400, { error: { message: 'Messages are missing from the history' } })
          }
          lengths.set(conversation, length)
          return handler(request, call)
        }
      },
    },
  },
  echoes: ['transport/status-ok', 'transport/content-type'],
})
