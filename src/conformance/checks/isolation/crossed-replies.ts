import { parseJson } from '../../../protocol/index.ts'
import type { HttpRequest, Call, Handler } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { foreignWords } from '../../observe/foreign-words.ts'
import { isSilent, MOST_PAIRS } from '../../observe/is-silent.ts'
import { overlap } from '../../evidence/overlap.ts'
import { editText, pause } from '../../faults/index.ts'

const silence = editText(() => '')

export default defineCheck({
  id: 'isolation/crossed-replies',
  title: 'Requests at the same time each get their own reply',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'Many calls, and several turns of one call, are under way at the same time',
    ...ELEVENLABS,
    seenIn: issue('BerriAI/litellm', 35_023),
  },
  effect: "A caller hears another caller's answer, or nothing, as soon as two calls run at once.",
  fix: 'Keep the state of a request in local variables, never in a module, a singleton or a shared client.',
  probes: 'every-stream',
  needs: ['exchange', 'request', 'chunks'],
  holdsAmongCalls: 'finished',
  *compare(evidence) {
    const together = evidence.filter((each) => evidence.some((other) => overlap(each, other)))
    if (together.length === 0) return skip('no two requests were under way at the same time')
    for (const { evidence: reply, word, from, overlapped } of foreignWords(evidence)) {
      if (!overlapped) continue
      yield {
        message: `The reply says "${word}", which only the request ${from.id} holds; both were under way at the same time.`,
        expected: 'a reply to its own request',
        actual: reply.text,
        evidence: reply,
      }
    }
    const silent = together.filter(isSilent)
    const alone = evidence.filter((each) => !together.includes(each))
    const wasAnswered = (each: Evidence) => alone.some((other) => isSame(each, other))
    // What is sent twice at once is sent no more once both are answered: then it was chance.
    const isUsual = (each: Evidence) => {
      const all = together.filter((other) => isSame(each, other)).length
      return all > 2 * MOST_PAIRS && silent.filter((other) => isSame(each, other)).length * 2 > all
    }
    if (alone.some(isSilent) || !silent.filter(wasAnswered).some(isUsual)) return undefined
    for (const reply of silent) {
      yield {
        message: wasAnswered(reply)
          ? 'The reply is empty; other requests were under way at the same time. Sent again alone, the same request was answered.'
          : 'The reply is empty; other requests were under way at the same time.',
        expected: 'text or a tool call, as when nothing else is under way',
        evidence: reply,
      }
    }
    return undefined
  },
  mutants: {
    'cross-replies': {
      wrap<C extends Call>(handler: Handler<C>): Handler<C> {
        let long: HttpRequest | undefined
        return async (request, call) => {
          const isLong = isLongHistory(request)
          if (isLong) long = request
          await pause(isLong ? 600 : isSilentTurn(request) ? 300 : 0)
          if (isLong) long = undefined
          return handler(isSilentTurn(request) ? (long ?? request) : request, call)
        }
      },
    },
    'concurrent-empty': {
      wrap<C extends Call>(handler: Handler<C>): Handler<C> {
        const underWay = new Set<{ isAlone: boolean }>()
        return async (request, call) => {
          const reply = await handler(request, call)
          // One that is refused is no company, either: the check does not look at it.
          if (!asksForWords(request) || reply.status >= 400) return reply
          const visit = { isAlone: underWay.size === 0 }
          for (const other of underWay) other.isAlone = false
          underWay.add(visit)
          await pause(300)
          underWay.delete(visit)
          return visit.isAlone ? reply : silence(reply, request)
        }
      },
    },
  },
  echoes: ['stream/empty-reply', 'request/max-tokens-unlimited'],
})

function isSame(a: Evidence, b: Evidence): boolean {
  return a.exchange?.request.body === b.exchange?.request.body
}

function isLongHistory({ body }: HttpRequest): boolean {
  return (body?.length ?? 0) > 100_000 && body?.includes('"stream":true') === true
}

function isSilentTurn({ body }: HttpRequest): boolean {
  return /"\.\.\."|"input":"Which three coffees/.test(body ?? '')
}

function asksForWords({ body }: HttpRequest): boolean {
  const text = JSON.stringify(parseJson(body ?? '') ?? null)
  return (
    text.includes('"stream":true') && /"(?:messages|input)"/.test(text) && !text.includes('"tools"')
  )
}
