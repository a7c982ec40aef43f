import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, NORMALIZATION } from '../../check/sources.ts'
import { findInText } from '../../observe/find-in-text.ts'
import { sayFirst } from '../../faults/index.ts'
import { SPEECH_PROBES } from '../../probe-ids.ts'

/**
 * A bare domain can be said. The target of a Markdown link is told as such. An address is looked for
 * from its start only, or each boundary of words would have its 64 characters looked at.
 */
const ADDRESS =
  /(?<!\]\()\b(?:https?:\/\/|www\.)[^\s<>"'()[\]]{3,500}|\b(?<=(?<![\w.+-])[.+-]*)[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.[a-z]{2,24}\b/gi

export default defineCheck({
  id: 'voice/url',
  title: 'Addresses are put into words',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'URLs and e-mail addresses are to be written as they are spoken: "example dot com slash docs"',
    ...NORMALIZATION,
    seenIn: issue('dimagi/open-chat-studio', 554),
  },
  effect: 'The voice reads "h t t p s colon slash slash", or garbles the address.',
  fix: 'Say in the system prompt how addresses are to be spoken, or offer to send them as a message.',
  probes: SPEECH_PROBES,
  needs: ['content'],
  signs: ['odd-text'],
  dependsOnModel: 'choice',
  *inspect(evidence) {
    yield* onceFor(findInText(evidence, ADDRESS), ({ text, piece }) => ({
      message: `The text contains ${text.includes('@') ? 'an e-mail address' : 'a URL'}.`,
      expected: 'the address in words, or none',
      actual: showJson(text),
      ...evidence.where(piece),
    }))
  },
  mutants: { url: sayFirst('It is all on ', 'https://', 'example.com/menu. ') },
})
