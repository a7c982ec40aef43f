import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import { sayFirst } from '../../faults/index.ts'

export default defineCheck({
  id: 'voice/leading-whitespace',
  title: 'A reply does not start with line breaks',
  severity: 'info',
  since: '2026-11',
  requirement: {
    text: 'Text is spoken as it is; spaces at the start are harmless, and keep the platform waiting',
    ...ELEVENLABS,
    seenIn: issue('jundot/omlx', 2492),
  },
  effect:
    'Some voices make a pause of it; and it is often the trace of reasoning that was stripped.',
  fix: 'Drop white space until the first word.',
  probes: 'every-stream',
  needs: ['content'],
  signs: ['odd-text'],
  *inspect(evidence) {
    const opening = [...evidence.spokenByChoice.values()].flatMap((spoken) => {
      const blank = /^\s*\n\s*/.exec(spoken.map(({ text }) => text).join(''))
      return blank ? { blank: blank[0], piece: spoken[0]! } : []
    })
    yield* onceFor(opening, ({ blank, piece }) => ({
      message: 'The text starts with a line break.',
      expected: 'a word, or a space',
      actual: showJson(blank),
      ...evidence.where(piece),
    }))
  },
  mutants: { 'leading-newlines': sayFirst('\n\n') },
})
