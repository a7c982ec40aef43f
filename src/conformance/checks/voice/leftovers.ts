import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../check/once-for.ts'
import { showJson } from '../../check/show-json.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import { findInText } from '../../evidence/find-in-text.ts'
import { sayFirst } from '../../faults/index.ts'

/**
 * What is left where software forgot a step. Each form is one that no language has: capital Ã, Ä, Å and
 * Â are letters, but none stands within a word of small ones, or before a sign; `null` is German for zero.
 */
const LEFTOVERS = {
  'an HTML entity':
    /&(?:#\d{2,6}|#x[\da-f]{2,6}|amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|hellip|[mn]dash|[aeiou](?:acute|grave|uml|circ)|ccedil|ntilde|szlig|euro|deg);/gi,
  'text that was decoded twice':
    /â(?:€[™˜œ“”¢¦\u009D]|\u0080[\u0080-\u00BF])|ð(?:Ÿ|\u009F)[\u0080-\u00BFŒœŠšŸŽžƒˆ˜\u2013-\u2122]|\p{Ll}[ÃÄÅ][\u0080-\u00BFŒœŠšŸŽžƒˆ˜\u2013-\u2122]|(?<!\p{L})[ÃÄÅ][\u0080-\u009F¡-ª¬-º¼-¿‰€™](?=\p{Ll})|(?<!\p{L})Â[¡-ª¬-º¼-¿]|(?:[ÐÑ][\u0080-\u00BFŒœŠšŸŽžƒˆ˜\u2013-\u2122]){3}|(?:[ã-é][\u0080-\u00BFŒœŠšŸŽžƒˆ˜\u2013-\u2122]{2}){2}/gu,
  'a value that is not there':
    /\[object [A-Z][a-z]{1,20}\]|^(?:undefined|null)(?=\p{Lu})|(?<=[.!?])(?:undefined|null|NaN|None)$|(?<=\b(?:Hello|Hi|Dear|Hey|Hallo|Hola|Bonjour|Ciao),? )(?:undefined|null|None)\b|[$€£](?:undefined|null|NaN|None)\b/gu,
  'a placeholder that was not filled in':
    /\{\{\s{0,9}[\p{L}_][\p{L}\p{N}_.-]{0,60}\s{0,9}\}\}|\$\{[\p{L}_][\p{L}\p{N}_.]{0,60}\}|\{%[^{}%\n]{1,80}%\}/gu,
  'an escape sequence': /\\n\\n|(?<=[.!?;,]|\w\w:)\\n|\\n$|\\u[\da-f]{4}|\\"[^"\\\n]{1,80}\\"/gi,
} as const

/** What may stand in the request by chance, and is no reply. */
const NO_VALUE = /^\s{0,9}(?:undefined|null|NaN)\s{0,9}$/

export default defineCheck({
  id: 'voice/leftovers',
  title: 'The text holds no entity, placeholder or escape, and was decoded once',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'Whatever is in delta.content is spoken',
    ...ELEVENLABS,
    seenIn: issue('Blizaine/Maestro', 110),
  },
  effect:
    'The voice reads "ampersand hash thirty-nine", "undefined" or the name of a variable aloud.',
  fix: 'Encode text once, as JSON; decode it as UTF-8; escape nothing for HTML; fill in templates, and send nothing where there is no value.',
  probes: 'every-stream',
  needs: ['content'],
  *inspect(evidence) {
    for (const { text, spoken } of evidence.texts) {
      if (!NO_VALUE.test(text)) continue
      yield {
        message: `The whole reply is the word ${text.trim()}.`,
        expected: 'words to the caller',
        actual: showJson(text),
        ...evidence.where(spoken[0]!.piece, '/delta/content'),
      }
    }
    for (const [kind, pattern] of Object.entries(LEFTOVERS)) {
      yield* onceFor(findInText(evidence, pattern), ({ text, piece }) => ({
        message: `The text contains ${kind}: ${text.trim()}`,
        expected: 'words to the caller',
        actual: showJson(text),
        ...evidence.where(piece, '/delta/content'),
      }))
    }
  },
  mutants: {
    'html-entities': sayFirst('It&', '#39;s this. '),
    mojibake: sayFirst('Itâ', '€™s this. '),
    'object-object': sayFirst('[object ', 'Object] '),
    placeholder: sayFirst('Hello {{', 'first_name}}. '),
    'escaped-newline': sayFirst('Of course.\\', 'n\\nSo: '),
  },
})
