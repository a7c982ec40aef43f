import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { NORMALIZATION } from '../../check/sources.ts'
import { findInText } from '../../observe/find-in-text.ts'
import { sayFirst } from '../../faults/index.ts'
import { SPEECH_PROBES } from '../../probe-ids.ts'

/** Money, grouped thousands, telephone numbers, dates by numbers, five digits or more. */
const FIGURES =
  /[$€£¥₹]\s?\d[\d.,]{0,40}|\b\d{1,3}(?:[,.]\d{3}){1,8}\b|\+?\b\d{2,4}(?:[ -]\d{2,4}){2,4}\b|\d{5,40}/g

export default defineCheck({
  id: 'voice/digits',
  title: 'Long numbers are put into words',
  severity: 'info',
  since: '2026-11',
  requirement: {
    text: 'Numbers, money, dates and telephone numbers are to be written out: small models misread "$1,000,000"',
    ...NORMALIZATION,
  },
  effect: 'Fast voices misread long numbers and amounts, and the caller hears a wrong one.',
  fix: 'Have numbers written out ("one million dollars"), or turn on text normalization for the voice.',
  probes: SPEECH_PROBES,
  needs: ['content'],
  signs: ['odd-text'],
  *inspect(evidence) {
    yield* onceFor(findInText(evidence, FIGURES), ({ text, piece }) => ({
      message: 'The text contains a long number in digits.',
      expected: 'numbers in words',
      actual: showJson(text),
      ...evidence.where(piece),
    }))
  },
  mutants: { digits: sayFirst('That makes $1,', '043,000. ') },
})
