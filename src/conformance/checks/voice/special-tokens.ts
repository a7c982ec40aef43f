import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import { findInArguments, findInText } from '../../observe/find-in-text.ts'
import { editArguments, editStream, editText, sayFirst } from '../../faults/index.ts'

/**
 * Control tokens of chat templates: ChatML, Llama, harmony; Gemma, whose newer ones have one bar; of
 * tokenizers; Mistral; GLM; EXAONE; DeepSeek. With one bar a single letter may be mathematics, and
 * people who speak about tokens name them.
 */
const TOKEN = new RegExp(
  [
    String.raw`(?<!\b(?:use|write|type|between|called) )(?:`,
    [
      String.raw`<\|[a-z_][a-z0-9_]{0,40}\|>`,
      String.raw`<\|[a-z_][a-z0-9_]{1,40}>`,
      String.raw`<[a-z_][a-z0-9_]{1,40}\|>`,
      String.raw`<\|\\?"\|>`,
      // What a filter for whole tokens lets through at the end.
      String.raw`<\|[a-z_]{2,40}\|?$`,
      String.raw`<\/s>|(?<=^\s{0,9})<s>`,
      String.raw`<(?:start|end)_of_[a-z]{2,20}>`,
      String.raw`<(?:bos|eos|eot|sop|eop|pad|unk|im_start|im_end|unused\d{1,4}|ctrl\d{1,3}|reserved_(?:special_token_)?\d{1,4}|extra_id_\d{1,4}|0x[0-9a-f]{2})>`,
      String.raw`\[PAD\d{0,6}\]|\[\/?INST\]|<<\/?SYS>>|\[gMASK\]|\[\|[a-z_]{2,40}\|\]`,
      String.raw`<\/assistant>`,
      String.raw`<｜[^｜<>\n]{1,40}｜>`,
    ].join('|'),
    String.raw`)(?! (?:tokens?|tags?|markers?)\b)`,
  ].join(''),
  'gi',
)

/**
 * How vocabularies write a space, a line break, a quotation mark or an emoji. Ġ and Ċ are letters of
 * Maltese, but no capital stands in the middle of a word; ▁ is also drawn with.
 */
const GLYPH =
  /\p{Ll}[ĠĊ]\p{L}{0,20}|[ĠĊ]\p{Lu}\p{Ll}{1,20}|(?<![\p{L}-])ĊĊ(?!\p{L})|âĢ[\u00A0-\u0143]|ðŁ[\u00A0-\u0143]|(?<![\u2580-\u259F])▁\p{L}{1,20}/gu

/** A model that missed its stop token speaks for the caller too. */
const NEXT_TURN =
  /(?<=[.!?…"”])\n{1,3}Human: ?(?=\S)|\n(?:User|Customer|Caller): [^\n]{1,200}\n{1,3}(?:Assistant|AI|Agent|Bot): ?(?=\S)/g

export default defineCheck({
  id: 'voice/special-tokens',
  title: 'Neither text nor arguments hold control tokens',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'Whatever is in delta.content is spoken',
    ...ELEVENLABS,
    seenIn: issue('livekit/agents-js', 1632),
  },
  effect:
    'The voice reads "im end" and the like to the caller; with the harmony format, whole inner channels. Tools get values that no system knows.',
  fix: "Use the model's own chat template and stop tokens (skip_special_tokens), the parser of its format, and the decoder of its tokenizer; strip what remains.",
  wordsIn: {
    responses: {
      requirement: {
        text: 'Whatever is in response.output_text.delta is spoken',
        ...ELEVENLABS,
        seenIn: issue('livekit/agents-js', 1632),
      },
    },
  },
  probes: 'every-stream',
  needs: ['chunks'],
  signs: ['odd-text', 'odd-arguments'],
  *inspect(evidence) {
    for (const [kind, pattern] of [
      ['control token', TOKEN],
      ['undecoded token', GLYPH],
    ] as const) {
      const spoken = findInText(evidence, pattern)
      const passed = findInArguments(evidence, pattern)
      yield* onceFor(spoken, ({ text, piece }) => ({
        message: `The text contains the ${kind} ${text}.`,
        expected: 'only what the caller is meant to hear',
        actual: showJson(text),
        ...evidence.where(piece),
      }))
      yield* onceFor(passed, ({ text, call, piece }) => ({
        message: `The arguments of ${call.name ?? 'a call'} contain the ${kind} ${text}.`,
        expected: 'values that the tool can use',
        actual: call.arguments,
        ...evidence.where(piece),
        severity: 'warning',
      }))
      // The name of a control token may be written with glyphs.
      if (spoken.length + passed.length > 0) return
    }
    yield* onceFor(findInText(evidence, NEXT_TURN), ({ text, piece }) => ({
      message: 'The reply goes on with what the caller might say next.',
      expected: 'the words of the agent alone',
      actual: showJson(text),
      fix: 'Stop at the end of the turn: have the stop tokens of the chat template respected, or send "\\n\\nHuman:" and the like as stop.',
      ...evidence.where(piece),
      severity: 'warning',
    }))
  },
  mutants: {
    harmony: sayFirst('<|channel|>', 'analysis', '<|message|>', 'Be brief.', '<|end|>'),
    'byte-level-glyphs': sayFirst('ĠLet', 'Ġme', 'Ġsee.', 'Ċ'),
    'token-in-arguments': editArguments((args) => args.replaceAll(/:\s*"/g, '$&<|tool_response>')),
  },
  mutantsIn: {
    chat: {
      'im-end': editStream((chunks) => {
        const last = chunks.findLast(({ choices }) => choices[0]?.delta.content)
        if (last) last.choices[0].delta.content += '<|im_end|>'
        return chunks
      }),
    },
    responses: {
      'im-end': editText((text, i, count) => (i === count - 1 ? `${text}<|im_end|>` : text)),
    },
  },
  echoes: ['voice/spaces-lost'],
})
