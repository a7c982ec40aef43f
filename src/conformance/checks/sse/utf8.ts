import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { issue, WHATWG_SSE } from '../../check/sources.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { editBody, editData, editEvents, editStream, renumbered } from '../../faults/index.ts'

export default defineCheck({
  id: 'sse/utf8',
  title: 'The body is valid UTF-8 and no character was lost',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'Event streams are always encoded as UTF-8',
    ...WHATWG_SSE,
    seenIn: issue('elizaOS/eliza', 30_904),
  },
  effect:
    'Accented letters, whole scripts and emoji turn into "�", which a voice skips or garbles.',
  fix: 'Decode upstream bytes with a streaming decoder (TextDecoder with stream: true, codecs.getincrementaldecoder) and write UTF-8; do not cut strings between UTF-16 units.',
  probes: 'every-stream',
  needs: ['stream'],
  signs: ['odd-event', 'escape'],
  *inspect(evidence) {
    const { stream } = evidence
    const invalid = stream.facts.filter(({ kind }) => kind === 'invalid-utf8')
    yield* onceFor(invalid, (first) => ({
      message: 'A line is not valid UTF-8.',
      expected: 'UTF-8',
      at: first,
    }))
    if (invalid.length === 0) {
      yield* onceFor(replaced(evidence), ({ event }) => ({
        message: 'A character was replaced by U+FFFD before it was sent.',
        expected: 'the character itself',
        at: event,
      }))
    }
    yield* onceFor(halved(evidence), (where) => ({
      message: 'A delta holds half a character: a lone surrogate.',
      expected: 'whole characters in every delta',
      ...where,
    }))
  },
  echoes: ['request/unicode'],
  mutants: {
    'utf8-split-decode': editData((data) => data.replaceAll(/[^\0-\x7f]/gu, '\uFFFD\uFFFD')),
    latin1: editBody((body) => Uint8Array.from(body, (char) => Math.min(char.charCodeAt(0), 255))),
  },
  mutantsIn: {
    chat: {
      'surrogate-halves': editStream((chunks) =>
        chunks.flatMap((chunk) => {
          const content: unknown = chunk.choices[0]?.delta.content
          const text = typeof content === 'string' ? content : ''
          const at = text.search(/[\uD800-\uDBFF]/) + 1
          if (at === 0) return chunk
          const half = structuredClone(chunk)
          half.choices[0].delta.content = text.slice(0, at)
          chunk.choices[0].delta.content = text.slice(at)
          return [half, chunk]
        }),
      ),
    },
    responses: {
      'surrogate-halves': editEvents((events) =>
        renumbered(
          events.flatMap((event) => {
            const text: string = event.type === 'response.output_text.delta' ? event.delta : ''
            const at = text.search(/[\uD800-\uDBFF]/) + 1
            return at === 0
              ? event
              : [text.slice(0, at), text.slice(at)].map((delta) => ({ ...event, delta }))
          }),
        ),
      ),
    },
  },
})

/** Events with U+FFFD; a caller may have sent the character, and to repeat it is no fault. */
function replaced({ data, exchange }: Evidence): Evidence['data'] {
  if (exchange?.request.body?.includes('\uFFFD')) return []
  return data.filter(({ event }) => event.data.includes('\uFFFD') || hasEscaped(event.data))
}

/** An escape of U+FFFD whose backslash is not escaped itself. */
function hasEscaped(data: string): boolean {
  return /(?<!\\)(?:\\\\)*\\ufffd/i.test(data)
}

/** Where text or arguments are cut between two surrogates. */
function halved(evidence: Evidence): ReturnType<Evidence['where']>[] {
  return [...evidence.spoken, ...evidence.passed]
    .filter(({ text }) => !text.isWellFormed())
    .map((piece) => evidence.where(piece))
}
