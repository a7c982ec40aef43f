import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import { findInText } from '../../observe/find-in-text.ts'
import { sayFirst } from '../../faults/index.ts'

/** A character of a byte from 0x80 on, as Latin-1 or Windows-1252 has it. */
const BYTE = String.raw`[\u0080-\u00BFŒœŠšŸŽžƒˆ˜\u2013-\u2122]`

/** Code is told by another check, and may hold what is none of these. */
const CODE = /^[ \t]{0,8}(?:```|~~~)/m
/** So may talk about templates. */
const TALK = /^[ \t]{0,8}(?:```|~~~)|\b(?:template|placeholder)s?\b/im

/**
 * What is left where software forgot a step. Each form is one that no language has: capital Ã, Ä, Å and
 * Â are letters, but none stands within a word of small ones, or before a sign; `null` is German for zero.
 */
const LEFTOVERS = [
  {
    kind: 'an HTML entity',
    pattern:
      /&(?:#\d{2,6}|#x[\da-f]{2,6}|amp|lt|gt|quot|apos|nbsp|[lr][sda]quo|hellip|[mn]dash|[aeiou](?:acute|grave|uml|circ)|ccedil|ntilde|szlig|euro|pound|yen|cent|deg|copy|reg|trade|bull|middot|times);/gi,
    fix: 'Escape nothing for HTML: text is heard, not shown in a page.',
    unless: CODE,
  },
  {
    kind: 'text that was decoded twice',
    pattern: new RegExp(
      [
        String.raw`â(?:€[™˜œ“”¢¦\u009D]|‚¬|„¢|†[’“”‘]|\u0080[\u0080-\u00BF])`,
        String.raw`ï»¿`,
        String.raw`ð(?:Ÿ|\u009F)${BYTE}`,
        String.raw`\p{Ll}[ÃÄÅ]${BYTE}`,
        String.raw`(?<!\p{L})[ÃÄÅ][\u0080-\u009F¡-ª¬-º¼-¿‰€™](?=\p{Ll})`,
        String.raw`(?<!\p{L})Â[¡-ª¬-º¼-¿]`,
        `(?:[Î-Û]${BYTE}){3}`,
        `(?:[à-í]${BYTE}{2}){2}`,
      ].join('|'),
      'gu',
    ),
    fix: 'Decode what comes from upstream as UTF-8, and only once.',
    unless: undefined,
  },
  {
    kind: 'a value that is not there',
    pattern:
      /\[object [A-Z][a-z]{1,20}\]|^(?:undefined|null|None)(?=\p{Lu})(?!Type|None)|(?<=[.!?])(?:undefined|null|NaN|None)$|(?<=\b(?:Hello|Hi|Dear|Hey|Hallo|Hola|Bonjour|Ciao),? )(?:(?:undefined|null)\b|None(?=[,.!?]|$))|[$€£](?:undefined|null|NaN|None)\b/gu,
    fix: 'Send nothing where there is no value.',
    unless: undefined,
  },
  {
    kind: 'the inside of a program',
    pattern:
      /\b(?:additional_kwargs|response_metadata)=\{|<[a-z_][\w. ]{1,80} at 0x[\da-f]{3,16}>|^b'[^']{1,2000}'$/gi,
    fix: 'Send the text of a message, decoded, instead of the object that holds it.',
    unless: CODE,
  },
  {
    kind: 'a placeholder that was not filled in',
    pattern:
      /(?<!\b(?:use|write|type|put|insert|replace|called) ["'“]?)(?:\{\{\s{0,9}[\p{L}_][\p{L}\p{N}_.-]{0,60}\s{0,9}\}\}|\$\{[\p{L}_][\p{L}\p{N}_.]{0,60}\}|\{%[^{}%\n]{1,80}%\}|<%[^<>%\n]{1,80}%>)|(?<=\b(?:Hello|Hi|Dear|Hey|welcome to|this is),? )\[(?:[\p{L}']{1,20} )?(?:name|company|customer|business)\]|\[your (?:first |last |company )?name\]/giu,
    fix: 'Fill in templates before they go to the model.',
    unless: TALK,
  },
  {
    kind: 'an escape sequence',
    pattern:
      /\\n\\n|\\r\\n|(?<=[.!?;,])\\[nt]|(?<=\w\w:)\\n|\\n$|\\u[\da-f]{4}|\\"[^"\\\n]{1,80}\\"/gi,
    fix: 'Encode text as JSON once: what is already encoded must not be encoded again.',
    unless: CODE,
  },
] as const

/** What may stand in the request by chance, and is no reply. */
const NO_VALUE =
  /^\s{0,9}(?:undefined|null|NaN|None)(?:\s?(?:undefined|null|NaN|None)){0,9}\s{0,9}$/
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
    'The voice reads aloud what software was to replace: signs by their names, "undefined", or the name of a variable.',
  fix: 'Encode text once, as JSON; decode it as UTF-8; escape nothing for HTML; fill in templates, and send nothing where there is no value.',
  wordsIn: {
    responses: {
      requirement: {
        text: 'Whatever is in response.output_text.delta is spoken',
        ...ELEVENLABS,
        seenIn: issue('Blizaine/Maestro', 110),
      },
    },
  },
  probes: 'every-stream',
  needs: ['content'],
  signs: ['odd-text'],
  *inspect(evidence) {
    for (const { text, spoken } of evidence.texts) {
      if (!NO_VALUE.test(text)) continue
      yield {
        message: `The whole reply is the word ${text.trim()}.`,
        expected: 'words to the caller',
        actual: showJson(text),
        ...evidence.where(spoken[0]!),
      }
    }
    for (const { kind, pattern, fix, unless } of LEFTOVERS) {
      if (unless && evidence.texts.some(({ text }) => unless.test(text))) continue
      yield* onceFor(findInText(evidence, pattern), ({ text, piece }) => ({
        message: `The text contains ${kind}: ${text.trim()}`,
        expected: 'words to the caller',
        actual: showJson(text),
        fix,
        ...evidence.where(piece),
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
