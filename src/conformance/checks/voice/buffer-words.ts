import { countBufferWords } from '../../../speech/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { showJson } from '../../observe/show-json.ts'
import { ELEVENLABS } from '../../check/sources.ts'
import { sayFirst } from '../../faults/index.ts'

export default defineCheck({
  id: 'voice/buffer-words',
  title: 'Buffer words end in an ellipsis and a space',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'End the buffer with "... ", with a space after the ellipsis: without it there may be audio distortions',
    ...ELEVENLABS,
  },
  effect: 'The filler is glued to the first word of the answer, and the audio is distorted there.',
  fix: 'Send "Let me see... " with the space at its end.',
  probes: 'every-stream',
  needs: ['content'],
  signs: ['odd-text'],
  *inspect(evidence) {
    for (const spoken of evidence.spokenByChoice.values()) {
      const fillers = spoken.slice(0, countBufferWords(spoken))
      const glued = fillers.find(
        ({ text }, i) => /(?:\.{3}|…)$/.test(text) && /^\S/.test(spoken[i + 1]!.text),
      )
      if (!glued) continue
      yield {
        message: 'Buffer words end in an ellipsis with no space after it.',
        expected: '"... " at the end of buffer words',
        actual: showJson(glued.text),
        ...evidence.where(glued),
      }
    }
  },
  mutants: { 'buffer-no-space': sayFirst('Let me see...') },
})
