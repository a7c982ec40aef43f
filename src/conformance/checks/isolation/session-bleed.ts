import { isJsonObject, type JsonObject, parseJson } from '../../../protocol/index.ts'
import type { Call, Handler } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import { foreignWords } from '../../observe/foreign-words.ts'

export default defineCheck({
  id: 'isolation/session-bleed',
  title: 'No call knows what was said in another one',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'Every turn carries the whole history: there is nothing else that a reply may draw on',
    ...ELEVENLABS,
    seenIn: issue('BerriAI/litellm', 35_023),
  },
  effect: 'A caller hears what another caller has said.',
  fix: 'Build each prompt from the messages of the request alone; no history in a module or singleton.',
  probes: 'every-stream',
  needs: ['exchange', 'request', 'chunks'],
  *compare(evidence) {
    for (const { evidence: reply, word, from, overlapped } of foreignWords(evidence)) {
      if (overlapped) continue
      yield {
        message: `The reply says "${word}", which only the earlier request ${from.id} holds.`,
        expected: 'a reply that knows its own messages only',
        actual: reply.text,
        evidence: reply,
      }
    }
  },
  mutants: {
    'session-bleed': {
      wrap<C extends Call>(handler: Handler<C>): Handler<C> {
        const remembered: JsonObject[] = []
        return async (request, call) => {
          const body = parseJson(request.body ?? '')
          if (!isJsonObject(body) || !Array.isArray(body['messages'])) return handler(request, call)
          if (!request.body?.includes('code word')) return handler(request, call)
          const messages = [...remembered, ...body['messages']]
          remembered.push(...body['messages'].filter(isJsonObject))
          return handler({ ...request, body: JSON.stringify({ ...body, messages }) }, call)
        }
      },
    },
  },
})
