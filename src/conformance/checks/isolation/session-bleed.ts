import { isJsonObject, type JsonObject } from '../../../protocol/index.ts'
import { type Call, type Handler, inject } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import { foreignWords } from '../../observe/foreign-words.ts'
import { rewriteRequest } from '../../faults/index.ts'

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
        const fault = rewriteRequest((request) => {
          if (!JSON.stringify(request).includes('code word')) return request
          const messages = [...remembered, ...request.messages]
          remembered.push(...request.messages.filter(isJsonObject))
          return { ...request, messages }
        })
        return inject(fault, handler)
      },
    },
  },
})
