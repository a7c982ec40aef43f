import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, OPENAI_CHUNK } from '../../check/sources.ts'
import { editText } from '../../faults/index.ts'

export default defineCheck({
  id: 'chunk/content-type',
  title: 'The content of a delta is a string',
  severity: 'error',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'The contents of the chunk message: a string, or null',
    ...OPENAI_CHUNK,
    seenIn: issue('vercel/ai', 17_779),
  },
  effect: 'Clients that validate chunks reject the stream; others speak "[object Object]".',
  fix: 'Flatten content parts to their text before you send them, and leave reasoning parts out.',
  probes: 'every-stream',
  needs: ['chunks'],
  signs: ['odd-chunk'],
  *inspect(evidence) {
    const wrong = evidence.chat.pieces.flatMap((piece) => {
      const content = piece.delta?.['content'] ?? ''
      return typeof content === 'string' ? [] : { piece, content }
    })
    yield* onceFor(wrong, ({ piece, content }) => ({
      message: `The content of a delta is ${Array.isArray(content) ? 'an array' : `of type ${typeof content}`}.`,
      expected: 'a string',
      actual: showJson(content),
      ...evidence.where(piece, '/delta/content'),
    }))
  },
  mutants: {
    'content-array': editText((text) => [{ type: 'text', text }]),
    'content-object': editText((text) => ({ text })),
    'content-number': editText((text) => text.length),
  },
  echoes: ['chunk/openai-schema', 'stream/empty-reply'],
})
