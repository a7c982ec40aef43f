import { isJsonObject, parseJson } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../check/once-for.ts'
import { showJson } from '../../check/show-json.ts'
import { ELEVENLABS } from '../../check/sources.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { findInText, givenText } from '../../evidence/find-in-text.ts'
import { editStream, sayFirst } from '../../faults/index.ts'
import { SPEECH_PROBES } from '../../probes/define-probe.ts'

/** HTML by the names of its elements: `a < b` is no tag, and voices know tags of their own. */
const UNSPEAKABLE = {
  'a block of code': /^[ \t]{0,8}(?:```|~~~)[^\n]{0,80}/gm,
  'a row of a table': /^[ \t]{0,8}\|(?:[^|\n\r\u2028\u2029]+\|){2,100}[ \t]*$/gm,
  LaTeX:
    /\\\([^\n](?:(?!\\\()[^\n]){0,199}?\\\)|\\\[[^\]](?:(?!\\\[)[^\]]){0,199}?\\\]|\$\$[^$]{1,200}\$\$|\\(?:frac|sqrt|text|boxed|begin|mathbb|mathrm)\{/g,
  'an HTML tag':
    /<\/?(?:p|br|b|i|u|em|strong|ul|ol|li|div|span|a|h[1-6]|table|tr|td|th|code|pre|img|hr|sub|sup)(?:\s[^<>\n]{0,200})?\/?>/gi,
} as const

export default defineCheck({
  id: 'voice/code-or-table',
  title: 'The text holds no code, table, formula, HTML or JSON',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'Text is spoken as it is: it has to be written for the ear',
    ...ELEVENLABS,
  },
  effect: 'The voice spells out symbols, or goes silent where it knows no way to say them.',
  fix: 'Say in the system prompt that the reply is heard, not read; have tables and formulas put into words.',
  probes: SPEECH_PROBES,
  needs: ['content'],
  dependsOnModel: 'choice',
  *inspect(evidence) {
    for (const [kind, pattern] of Object.entries(UNSPEAKABLE)) {
      yield* onceFor(findInText(evidence, pattern), ({ text, piece }) => ({
        message: `The text contains ${kind}.`,
        expected: 'plain sentences',
        actual: showJson(text),
        ...evidence.where(piece, '/delta/content'),
      }))
    }
    if (mayAskForJson(evidence)) return
    for (const { text, spoken } of evidence.texts) {
      if (!isJson(text.trim())) continue
      yield {
        message: 'The whole reply is a JSON object, which was not asked for.',
        expected: 'plain sentences',
        actual: text,
        fix: 'Send the words alone; what else the object says belongs into a tool call.',
        ...evidence.where(spoken[0]!.piece, '/delta/content'),
      }
    }
  },
  mutants: {
    fence: sayFirst('Run this:\n\n``', '`sh\nmake coffee\n```\n\n'),
    table: sayFirst('| blend | price |\n', '|---|---|\n', '| mild | ten |\n\n'),
    latex: sayFirst('That is \\', '(\\frac{1}{2}\\) of it. '),
    'json-reply': editStream((chunks) => {
      const spoken = chunks.flatMap(({ choices }) => choices).filter(({ delta }) => delta.content)
      for (const { delta } of spoken) delta.content = JSON.stringify(delta.content).slice(1, -1)
      if (spoken.length > 0) {
        spoken[0].delta.content = `{"text": "${spoken[0].delta.content}`
        spoken.at(-1)!.delta.content += '"}'
      }
      return chunks
    }),
  },
})

/** Whether the request may have asked for JSON: by a member of the API or of a server, or in words. */
function mayAskForJson(evidence: Evidence): boolean {
  const members = Object.keys(evidence.request ?? { json: true })
  return (
    members.some((name) => /format|json|grammar|guided|structured/i.test(name)) ||
    /json/i.test(givenText(evidence))
  )
}

function isJson(text: string): boolean {
  const isWhole = text.startsWith('{') && text.endsWith('}')
  const json = isWhole ? parseJson(text) : undefined
  return isJsonObject(json) && Object.keys(json).length > 0
}
