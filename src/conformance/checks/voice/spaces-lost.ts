import { defineCheck } from '../../check/define-check.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, OPENAI_CHUNK, RESPONSES_EVENTS } from '../../check/sources.ts'
import { findInText } from '../../observe/find-in-text.ts'
import { editText } from '../../faults/index.ts'

/** A sentence that runs into the next one, or more letters than a word has, in scripts with spaces. */
const GLUED =
  /\p{Ll}{2}[.!?…]\p{Lu}\p{L}{0,200}(?=[\s,.!?…'’]|$)|[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]{31,500}/gu
/** One may be a name or a very long word. */
const MIN_GLUED = 2

export default defineCheck({
  id: 'voice/spaces-lost',
  title: 'The deltas keep the spaces between words',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'Clients append deltas as they are: the space between two words must be in one of them',
    ...OPENAI_CHUNK,
    seenIn: issue('EricLBuehler/mistral.rs', 63),
  },
  wordsIn: {
    responses: {
      requirement: {
        text: 'Clients append deltas as they are: the space between two words must be in one of them',
        ...RESPONSES_EVENTS,
        seenIn: issue('EricLBuehler/mistral.rs', 63),
      },
    },
  },
  effect: 'Words run into each other, and the voice waits, because it sees no end of a sentence.',
  fix: 'Do not trim deltas; detokenize the text so far, and send what was added.',
  probes: 'every-stream',
  needs: ['content'],
  signs: ['odd-text'],
  *inspect(evidence) {
    const glued = findInText(evidence, GLUED)
    const [first] = glued
    if (!first || glued.length < MIN_GLUED) return
    yield {
      message: 'Words or sentences are glued together.',
      expected: 'a space between them, at the end of one delta or the start of the next',
      actual: showJson(first.text),
      count: glued.length,
      ...evidence.where(first.piece),
    }
  },
  mutants: { 'trim-tokens': editText((text) => text.trim()) },
  echoes: ['request/unicode'],
})
