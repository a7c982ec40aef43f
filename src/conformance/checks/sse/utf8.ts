import { defineCheck } from '../../check.ts'
import { editBody, editData, editStream } from '../../mutate/index.ts'
import { WHATWG_SSE } from '../../sources.ts'
import { tally } from '../../tally.ts'

export default defineCheck({
  id: 'sse/utf8',
  title: 'Text survives: the body is UTF-8, and no character was lost',
  severity: 'error',
  since: '2026-11',
  requirement: { text: 'Event streams are always encoded as UTF-8', ...WHATWG_SSE },
  effect:
    'Letters with accents, whole scripts and emoji turn into "�", which a voice reads as nothing or as noise.',
  fix: 'Decode upstream bytes with a streaming decoder (TextDecoder with stream: true, codecs.getincrementaldecoder), and write UTF-8; do not cut strings by UTF-16 units.',
  probes: 'every-stream',
  needs: ['stream'],
  *inspect({ stream, data, reply, chunks, exchange }) {
    const invalid = stream.facts.filter((each) => each.kind === 'invalid-utf8')
    for (const { first, count } of tally(invalid)) {
      yield {
        message: `A line is not UTF-8.`,
        count,
        expected: 'UTF-8',
        at: first,
      }
    }
    // A caller may have sent the character; to repeat it is no fault.
    if (invalid.length === 0 && !exchange?.request.body?.includes('\uFFFD')) {
      const lost = data.filter(({ event }) => /\uFFFD|\\ufffd/i.test(event.data))
      for (const { first, count } of tally(lost)) {
        yield {
          message: `A character was replaced by U+FFFD before it was sent.`,
          count,
          expected: 'the character itself',
          at: first.event,
        }
      }
    }
    const halves = reply.pieces.filter(({ chunk, delta }) => {
      if (!chunks[chunk]!.event.data.includes('\\u')) return false
      const content = delta?.['content']
      return typeof content === 'string' && !content.isWellFormed()
    })
    for (const { first, count } of tally(halves)) {
      yield {
        message: `A delta holds half a character: a lone surrogate.`,
        count,
        expected: 'whole characters in every delta',
        at: chunks[first.chunk]!.event,
        path: `${first.path}/delta/content`,
      }
    }
  },
  mutants: {
    'utf8-split-decode': editData((data) => data.replaceAll(/[^\0-\x7f]/gu, '\uFFFD\uFFFD')),
    latin1: editBody((body) => Uint8Array.from(body, (char) => Math.min(char.charCodeAt(0), 255))),
    'surrogate-halves': editStream((chunks) =>
      chunks.flatMap((chunk) => {
        const content: unknown = chunk.choices[0]?.delta.content
        const at = typeof content === 'string' ? content.search(/[\uD800-\uDBFF]/) + 1 : 0
        if (at === 0) return chunk
        const half = structuredClone(chunk)
        half.choices[0].delta.content = (content as string).slice(0, at)
        chunk.choices[0].delta.content = (content as string).slice(at)
        return [half, chunk]
      }),
    ),
  },
})
