import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import { findInText } from '../../observe/find-in-text.ts'
import { sayFirst } from '../../faults/index.ts'
import { SPEECH_PROBES } from '../../probe-ids.ts'

/**
 * Pairs and shapes that only markup has: a bare `*` or `#` may be arithmetic, a key, or a number. What
 * `^` takes for the end of a line ends one: a pattern that ran on would look at each line from each.
 */
const MARKUP = {
  'bold text': /(?<![\w*])\*\*(?=[^\s*])[^*\n]{1,200}(?<=[^\s*])\*\*(?![\w*])/g,
  'a stage direction or emphasis':
    /(?<![\p{L}\p{N}_*\\])\*\p{L}[\p{L}'’ ,-]{1,80}(?<! )\*(?![\p{L}\p{N}_*])/gu,
  'a heading': /^ {0,3}#{1,6} +[^\s#][^\n]{0,80}/gm,
  'a bulleted list':
    /^[ \t]{0,8}(?<bullet>[-*•]) +\S[^\n\r\u2028\u2029]*\r?\n(?:[ \t]*\r?\n)?[ \t]{0,8}\k<bullet> +\S/gm,
  'a numbered list':
    /^[ \t]{0,8}\d{1,2}(?<mark>[.)]) +\S[^\n\r\u2028\u2029]*\r?\n(?:[ \t]*\r?\n)?[ \t]{0,8}\d{1,2}\k<mark> +\S/gm,
  'a link': /\[[^\][\n]{1,200}\]\((?:https?:|mailto:|www\.|\/|#)[^()\s]{0,500}\)/g,
} as const

export default defineCheck({
  id: 'voice/markdown',
  title: 'The text is free of Markdown',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'Text is spoken as it is: it has to be written for the ear',
    ...ELEVENLABS,
    seenIn: issue('huggingface/speech-to-speech', 338),
  },
  effect:
    'The voice says "asterisk asterisk", reads stage directions aloud, or runs the items of a list together.',
  fix: 'Say in the system prompt that the reply is heard, not read, and forbid markup and stage directions; or strip it before you send text.',
  probes: SPEECH_PROBES,
  needs: ['content'],
  signs: ['odd-text'],
  dependsOnModel: 'choice',
  *inspect(evidence) {
    for (const [kind, pattern] of Object.entries(MARKUP)) {
      yield* onceFor(findInText(evidence, pattern), ({ text, piece }) => ({
        message: `The text contains ${kind} in Markdown.`,
        expected: 'plain sentences',
        actual: showJson(text),
        ...evidence.where(piece),
      }))
    }
  },
  mutants: {
    'md-bold': sayFirst('This is ', '**', 'very good', '**', '. '),
    'stage-direction': sayFirst('*smiles ', 'warmly', '* '),
    'md-list': sayFirst('We have two:\n\n- ', 'the mild one,\n- ', 'the strong one.\n\n'),
    'md-heading': sayFirst('## ', 'Our answer\n\n'),
    'md-link': sayFirst('See [our menu](', 'https://example.com/menu). '),
  },
})
