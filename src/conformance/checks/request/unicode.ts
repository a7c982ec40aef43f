import { isJsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { rfc } from '../../check/sources.ts'
import { isFinished } from '../../observe/is-finished.ts'
import { editText, rewriteRequest } from '../../faults/index.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeRefusals } from './observe-refusals.ts'
import { editMessages, joined, type RequestFeature } from './request-feature.ts'

/** Of the text that the caller wants repeated. */
const WORDS = ['Crème brûlée', '🍮', '咖啡', 'قهوة', 'קפה', '👩‍🍳']

/** The first of them, whatever its accents have become. */
const REPEATED = /Cr.{0,12}me/

const NOT_ASCII = /[^\0-\x7f]+/g

export const notAscii: RequestFeature = {
  name: 'characters beyond ASCII',
  needed: true,
  isIn: (request) => JSON.stringify(request).search(NOT_ASCII) >= 0,
  removeFrom: editMessages((message) => {
    const text = joined(message['content'])
    return text.search(NOT_ASCII) < 0
      ? message
      : { ...message, content: text.replaceAll(NOT_ASCII, '?') }
  }),
}

export default defineCheck({
  id: 'request/unicode',
  title: 'Text in any script comes back as it was sent',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'JSON text MUST be encoded using UTF-8',
    ...rfc(8259, '8.1'),
  },
  effect: 'Callers who do not speak English are misunderstood, or answered with question marks.',
  fix: 'Read and write UTF-8 everywhere; never cut text by bytes or by UTF-16 code units.',
  probes: 'every-stream',
  needs: ['exchange', 'request'],
  dependsOnModel: 'choice',
  *inspect(evidence) {
    if (evidence.probe !== 'streamed-unicode' || !isFinished(evidence)) return
    // It was asked without them where the endpoint refuses them, or failed by chance.
    if (!notAscii.isIn(evidence.request)) return
    const lost = WORDS.filter((word) => !evidence.text.normalize().includes(word.normalize()))
    // A reply that repeats nothing does not show what became of the characters.
    if (lost.length === 0 || !REPEATED.test(evidence.text)) return
    yield {
      message: `The reply should repeat a text in many scripts, but lacks ${lost.join(', ')}.`,
      expected: `a reply with ${WORDS.join(', ')}`,
      actual: evidence.text,
    }
  },
  compare: (evidence) => observeRefusals(evidence, notAscii),
  mutants: {
    'ascii-only': rewriteRequest((request) => ({
      ...request,
      messages: request.messages.filter(isJsonObject).map((message: { content: unknown }) => ({
        ...message,
        content:
          typeof message.content === 'string'
            ? message.content.replaceAll(/[^\0-\x7f]/g, '?')
            : message.content,
      })),
    })),
    'strip-astral': editText((text) => text.replaceAll(/[\u{10000}-\u{10ffff}]/gu, '')),
  },
  echoes: ECHOES_OF_REFUSAL,
})
