import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import { findInText } from '../../observe/find-in-text.ts'
import { sayFirst } from '../../faults/index.ts'

/**
 * The tags of reasoning models, Mistral's and Kimi's too; and those around what comes after, where they
 * enclose it.
 */
const TAGS =
  /(?<!> (?:and|or) )(?:<\/?(?:think|thinking|antThinking|thought|thoughts|reasoning|reflection|scratchpad|analysis)>|\[\/?THINK\]|◁\/?think▷)(?! (?:and|or) [<[◁])|(?<=^\s{0,9})<(?:final_)?answer>(?! (?:and|or) <)|(?<=[.!?…]\s{0,9})<\/(?:final_)?answer>/gim
/** What is left of the channels of harmony where only its control tokens were dropped. */
const CHANNELS =
  /^analysis(?=[A-Z])|assistantfinal(?=\S)|assistant(?:analysis|commentary)\b(?! )|\b(?:assistant)?(?:commentary|analysis) to=[\w.]{1,80}/g
/** An agent speaks to the caller, not about "the user". */
const MUSING =
  /^\s*(?:(?:okay|ok|alright|hmm|well)[,.]? (?:so )?)?(?:the user|the caller) (?:is asking|asks|asked|has asked|is saying|says|said|wants|greeted|greets)\b[^\n]{0,60}/gi

export default defineCheck({
  id: 'voice/reasoning-leak',
  title: 'The text holds no reasoning',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'Whatever is in delta.content is spoken; reasoning belongs into reasoning_content, or nowhere',
    ...ELEVENLABS,
    seenIn: issue('livekit/agents', 6942),
  },
  effect: 'The caller hears the model think aloud, for many seconds, before the answer begins.',
  fix: "Turn on your server's reasoning parser (vLLM: --reasoning-parser), turn reasoning off, or strip everything up to the closing tag before you send text.",
  wordsIn: {
    responses: {
      requirement: {
        text: 'Whatever is in response.output_text.delta is spoken; reasoning belongs into items of its own, or nowhere',
        ...ELEVENLABS,
        seenIn: issue('mudler/LocalAI', 9658),
      },
    },
  },
  probes: 'every-stream',
  needs: ['content'],
  signs: ['odd-text'],
  *inspect(evidence) {
    for (const [kind, pattern] of [
      ['tag', TAGS],
      ['mark of a channel', CHANNELS],
    ] as const) {
      const marks = findInText(evidence, pattern)
      yield* onceFor(marks, ({ text, piece }) => ({
        message: `The text contains the ${kind} ${text}.`,
        expected: 'only what the caller is meant to hear',
        actual: showJson(text),
        ...evidence.where(piece),
      }))
      if (marks.length > 0) return
    }
    yield* onceFor(findInText(evidence, MUSING), ({ text, piece }) => ({
      message: 'The text starts with thoughts about the caller instead of words to the caller.',
      expected: 'only what the caller is meant to hear',
      actual: showJson(text),
      ...evidence.where(piece),
      severity: 'warning',
    }))
  },
  mutants: {
    'think-tags': sayFirst('<think>The caller wants to know something. Be brief.</think>', '\n\n'),
    'think-tag-split': sayFirst('<th', 'ink', '>', 'Be brief.', '</', 'think', '>'),
    'answer-tags': sayFirst('<answer>', 'Of course. ', '</answer>'),
    'think-close-only': sayFirst('The caller wants to know something.', '</think>'),
  },
})
