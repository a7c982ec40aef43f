import { isJsonObject, type Json, type JsonObject, parseJson } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { ELEVENLABS } from '../../check/sources.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { findInText, givenText } from '../../observe/find-in-text.ts'
import { editStream, sayFirst, sayOtherwise } from '../../faults/index.ts'
import { SPEECH_PROBES } from '../../probe-ids.ts'

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
  signs: ['odd-text'],
  dependsOnModel: 'choice',
  *inspect(evidence) {
    const asksForJson = mayAskForJson(evidence)
    for (const { text, spoken } of evidence.texts) {
      const json = readJson(text)
      if (asksForJson || !json || givenHolds(evidence, json)) continue
      yield {
        message: `The whole reply is a JSON ${Array.isArray(json) ? 'array' : 'object'}, which was not asked for.`,
        expected: 'plain sentences',
        actual: text,
        fix: 'Send the words alone; what else the JSON says belongs into a tool call.',
        ...evidence.where(spoken[0]!),
      }
      return
    }
    for (const [kind, pattern] of Object.entries(UNSPEAKABLE)) {
      yield* onceFor(findInText(evidence, pattern), ({ text, piece }) => ({
        message: `The text contains ${kind}.`,
        expected: 'plain sentences',
        actual: showJson(text),
        ...evidence.where(piece),
      }))
    }
  },
  mutants: {
    fence: sayFirst('Run this:\n\n``', '`sh\nmake coffee\n```\n\n'),
    table: sayFirst('| blend | price |\n', '|---|---|\n', '| mild | ten |\n\n'),
    latex: sayFirst('That is \\', '(\\frac{1}{2}\\) of it. '),
  },
  mutantsIn: {
    chat: {
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
    responses: {
      'json-reply': sayOtherwise((answer) =>
        answer.text === '' ? undefined : { ...answer, text: JSON.stringify({ text: answer.text }) },
      ),
    },
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

/** Whether the request shows JSON, or names a member of the reply, in other words than "JSON". */
function givenHolds(evidence: Evidence, json: JsonObject | readonly Json[]): boolean {
  const given = givenText(evidence)
  const names = [json].flat().filter(isJsonObject).flatMap(Object.keys).slice(0, 20)
  return given.includes('{"') || names.some((name) => given.includes(`"${name}"`))
}

/** An object, or a list of some, in a block of code or not; `undefined` where it is none, or empty. */
function readJson(text: string): JsonObject | readonly Json[] | undefined {
  const bare = text
    .trim()
    .replace(/^```(?:json)?\s*\n(?=[[{])/i, '')
    .replace(/(?<=[\]}])\s{0,9}```$/, '')
  const isWhole =
    (bare.startsWith('{') && bare.endsWith('}')) ||
    (/^\[\s{0,9}\{/.test(bare) && bare.endsWith(']'))
  const json = isWhole ? parseJson(bare) : undefined
  if (Array.isArray(json)) return json
  return isJsonObject(json) && Object.keys(json).length > 0 ? json : undefined
}
