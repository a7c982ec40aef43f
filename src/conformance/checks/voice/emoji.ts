import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import { findInText } from '../../observe/find-in-text.ts'
import { sayFirst } from '../../faults/index.ts'
import { SPEECH_PROBES } from '../../probe-ids.ts'

/**
 * What is shown as a picture; a bare © or ™ is text. By classes of characters, since \p{RGI_Emoji},
 * which lists all pictures, takes 50 to 100 µs for each.
 */
const EMOJI =
  /\p{RI}{2}|[\d#*]\uFE0F\u20E3|(?![\d#*]|\p{RI})(?:\p{Emoji_Presentation}|\p{Emoji}\uFE0F|\p{EBase}(?=\p{EMod}))(?:[\p{EMod}\uFE0F]{0,2}\u200D\p{ExtPict}){0,9}[\p{EMod}\uFE0F\u{E0020}-\u{E007F}]{0,8}/gu

export default defineCheck({
  id: 'voice/emoji',
  title: 'The text holds no emoji',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'Text is spoken as it is: it has to be written for the ear',
    ...ELEVENLABS,
    seenIn: issue('NousResearch/hermes-agent', 18_598),
  },
  effect: 'Some voices read the name of the picture aloud, some stumble over it.',
  fix: 'Forbid emoji in the system prompt, or strip them before you send text.',
  probes: SPEECH_PROBES,
  needs: ['content'],
  signs: ['odd-text'],
  dependsOnModel: 'choice',
  *inspect(evidence) {
    yield* onceFor(findInText(evidence, EMOJI), ({ text, piece }) => ({
      message: 'The text contains emoji.',
      expected: 'words',
      actual: showJson(text),
      ...evidence.where(piece),
    }))
  },
  mutants: { emoji: sayFirst('Sure ', '😊', '! ') },
})
