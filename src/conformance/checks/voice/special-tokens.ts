import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../check/once-for.ts'
import { showJson } from '../../check/show-json.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import { findInText } from '../../evidence/find-in-text.ts'
import { editStream, sayFirst } from '../../faults/index.ts'

/** Control tokens of chat templates: ChatML, Llama, harmony; Mistral; Gemma; DeepSeek. */
const TOKEN =
  /<\|[a-z_][a-z0-9_]{0,40}\|>|<\/s>|<(?:end|start)_of_turn>|<eos>|\[\/?INST\]|<｜[^｜<>\n]{1,40}｜>/gi

export default defineCheck({
  id: 'voice/special-tokens',
  title: 'The text holds no control tokens',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'Whatever is in delta.content is spoken',
    ...ELEVENLABS,
    seenIn: issue('livekit/agents-js', 1632),
  },
  effect:
    'The voice reads "im end" and the like to the caller; with the harmony format, whole inner channels.',
  fix: "Use the model's own chat template and stop tokens (skip_special_tokens), and the parser of its format; strip what remains.",
  probes: 'every-stream',
  needs: ['content'],
  *inspect(evidence) {
    yield* onceFor(findInText(evidence, TOKEN), ({ text, piece }) => ({
      message: `The text contains the control token ${text}.`,
      expected: 'only what the caller is meant to hear',
      actual: showJson(text),
      ...evidence.where(piece, '/delta/content'),
    }))
  },
  mutants: {
    'im-end': editStream((chunks) => {
      const last = chunks.findLast(({ choices }) => choices[0]?.delta.content)
      if (last) last.choices[0].delta.content += '<|im_end|>'
      return chunks
    }),
    harmony: sayFirst('<|channel|>', 'analysis', '<|message|>', 'Be brief.', '<|end|>'),
  },
})
