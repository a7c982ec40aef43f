import { defineCheck } from '../../check/define-check.ts'
import { isLineOfCurl } from './is-line-of-curl.ts'
import { onceFor } from '../../observe/once-for.ts'
import { issue, WHATWG_SSE } from '../../check/sources.ts'
import { insertMidway } from '../../faults/index.ts'

export default defineCheck({
  id: 'sse/unknown-field',
  title: 'Fields are named data, event, id or retry',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'A field with any other name is ignored',
    ...WHATWG_SSE,
    seenIn: issue('ggml-org/llama.cpp', 16_109),
  },
  effect: 'What it says, often an error, never reaches the client: the answer just stops.',
  fix: 'Put it into the data of an event: data: {"error": {...}}.',
  probes: 'every-stream',
  needs: ['stream'],
  signs: ['odd-event'],
  *inspect({ stream }) {
    const unknown = stream.facts
      .filter((fact) => fact.kind === 'unknown-field')
      // Bare JSON and byte order marks are reported by checks of their own.
      .filter(({ line }) => !/^(?:\s*[[{"]|\uFEFF)/.test(line))
    const ofCurl = stream.facts.find(
      (fact) => fact.kind === 'unknown-field' && isLineOfCurl(fact.line),
    )
    if (ofCurl?.kind === 'unknown-field') {
      yield {
        message: 'Lines of curl itself stand between those of the answer.',
        expected: 'the body alone',
        actual: ofCurl.line,
        at: ofCurl,
        severity: 'warning',
        fix: 'Save the body with curl -sN, without -v and without -i, and leave out what curl writes to standard error.',
      }
      return
    }
    yield* onceFor(unknown, (first) => {
      const carriesJson = /: ?[[{]/.test(first.line)
      return {
        message: carriesJson
          ? `A field named "${first.name}" carries JSON that no client reads.`
          : 'A line does not start with a known SSE field.',
        expected: 'data, event, id or retry, or a comment that starts with a colon',
        actual: first.line,
        at: first,
        severity: carriesJson ? 'error' : 'warning',
        ...(STATUS_LINE.test(first.line) && WITH_HEAD),
      }
    })
  },
  mutants: {
    'error-field': insertMidway({
      kind: 'bytes',
      atMs: 0,
      bytes: 'error: {"code": 500, "message": "out of memory"}\n\n',
    }),
  },
})

/** As `curl -i` shows it. */
const STATUS_LINE = /^HTTP\/\d(?:\.\d)? \d{3}\b/

const WITH_HEAD = {
  message: 'The head of an HTTP response stands before the events, as part of the body.',
  expected: 'the body alone',
  fix: 'If you saved this with curl -i or -v, save it without. If your server wrote it, leave the head to its HTTP library.',
}
