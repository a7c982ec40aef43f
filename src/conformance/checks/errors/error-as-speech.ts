import {
  chat,
  isJsonObject,
  type JsonObject,
  parseJson,
  type TextPiece,
} from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import type { Severity } from '../../check/severity.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import type { Passage } from '../../observe/find-in-text.ts'
import { editChunks, editStream, editText } from '../../faults/index.ts'

/**
 * What software writes and no agent says. A reply may well speak about errors: most of these have to
 * stand at its start, or to be all there is.
 */
const ERROR_TEXT = [
  /\bTraceback \(most recent call last\)/,
  /\bError code: [45]\d\d - [{'"<]/,
  /^\W*Error code: [45]\d\d\b/,
  /^\W*(?:[a-z_]\w*\.){0,20}[A-Z]\w*(?:Error|Exception)(?: \d+)?: \S/,
  /^<(?:!doctype html|html)\b/i,
  // An SDK writes its name before its errors: "[GoogleGenerativeAI Error]: Error fetching from ...".
  /^\[[\w .-]{0,60}(?:Error|ERROR|Exception)\]: \S/,
  /^\[(?:Error|ERROR|Exception): [^\]]{1,2000}\]$/,
  /^\W*upstream connect error or disconnect\/reset before headers/,
  /^\W*HTTPS?ConnectionPool\(host=/,
  /^\W*Agent stopped due to (?:iteration limit or time limit|max iterations)\.$/,
  /^\W*\w+\W{1,2}object (?:has no attribute '|is not (?:subscriptable|callable|iterable)$)/,
]

/** The name of a status, where it is all there is; an exclamation may be an agent's. */
const STATUS =
  /^\W*(?:HTTP )?(?:error:? )?(?:[45]\d\d )?(?:internal server error|service (?:temporarily )?unavailable|bad gateway|gateway time-?out|too many requests)[^\w!?]*$/i

/** How an error begins that might as well be one of a device: "Error: ", "Error (500): ", "**Error:** ". */
const LABEL = /^\W*(?:Error|ERROR|Exception)(?: \d+| \(\d+\))?:\W{0,3}\s\S/
/** How software begins to tell of one, and perhaps an agent. */
const TOLD_AS =
  /^\W*(?:An (?:unexpected |internal )?error (?:has )?occurred|Error (?:communicating|connecting|calling|generating|processing|fetching|invoking|in|from|with|while|during)\b)[^:\n]{0,80}: \S/
/** Words of software, by which such an error is certain. */
const TECHNICAL =
  /\bE(?:CONN|TIMEDOUT|NOTFOUND|HOSTUNREACH|PIPE|AI_)|\b(?:connect(?:ion)? (?:reset|refused|error|closed|aborted|timed out)|socket hang up|fetch failed|read timeout|timed out|timeout|upstream|terminated|status code|https?:\/\/|api key|quota|rate limit|openai|anthropic|LLM|object has no attribute|internal server error|bad gateway|service unavailable|too many requests|unexpected token|max retries)\b/i
/** An agent that explains an error speaks to somebody. */
const EXPLAINS = /\b(?:means?|you|your)\b/i
/** What may come before an error that is only spoken about. */
const QUOTES =
  /(?:["“„«‘'`(:]|\b(?:shows?|says?|said|reads?|displays?|sees?|messages?|called|prints?|gets?|got|errors?))\s*$/i

export default defineCheck({
  id: 'errors/error-as-speech',
  title: 'A reply is not the text of an error',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'Whatever is in delta.content is spoken to the caller',
    ...ELEVENLABS,
    seenIn: issue('xiaoY233/DeepSeek-Free-API', 7),
  },
  effect: 'The agent reads an exception aloud, and it becomes part of the history.',
  fix: 'Do not put the text of an exception into delta.content: answer with status 5xx, or send an error event and end the stream.',
  wordsIn: {
    responses: {
      requirement: {
        text: 'Whatever is in response.output_text.delta is spoken to the caller',
        ...ELEVENLABS,
        seenIn: issue('xiaoY233/DeepSeek-Free-API', 7),
      },
      fix: 'Do not put the text of an exception into a delta: answer with status 5xx, or send the event error, then response.failed, and end the stream.',
    },
  },
  probes: 'every-stream',
  needs: ['content'],
  signs: ['odd-text', 'odd-chunk'],
  *inspect(evidence) {
    const failed = evidence.texts.flatMap(({ text, spoken }) => {
      const severity = gradeWhole(text.trim(), evidence.request)
      return severity ? { text, spoken, severity } : []
    })
    for (const { text, spoken, severity } of failed) {
      yield {
        message:
          severity === 'error'
            ? 'The reply is the text of an error.'
            : 'The reply reads like the text of an error.',
        expected: 'something to say to the caller',
        actual: text,
        ...evidence.where(spoken[0]!),
        severity,
      }
    }
    if (failed.length > 0) return
    for (const { text, spoken } of evidence.texts) {
      const { piece, text: last } = lastTold(spoken)
      const severity = gradeLast(last, text.slice(0, -last.length).slice(-40))
      if (!severity) continue
      yield {
        message: `After part of a reply, its last piece ${severity === 'error' ? 'is' : 'reads like'} the text of an error.`,
        expected: 'the rest of the reply',
        actual: last,
        ...evidence.where(piece),
        severity,
      }
      return
    }
    if (evidence.dialect.id !== chat.id) return
    const failing = new Set(
      evidence.chat.chunks.filter(({ json }) => isTold(json)).map(({ event }) => event.index),
    )
    const told = evidence.spoken.find(({ event }) => failing.has(event))
    if (told) {
      yield {
        message: 'A chunk whose model is "error" has text: it is spoken.',
        expected: 'an error event, or status 5xx',
        actual: told.text,
        ...evidence.where(told),
      }
    }
  },
  mutants: {},
  mutantsIn: {
    chat: {
      'error-as-content': editStream((chunks) => {
        const begun = new Set()
        for (const { index, delta } of chunks.flatMap(({ choices }) => choices)) {
          if (!delta.content) continue
          delta.content = begun.has(index) ? '' : 'Internal Server Error'
          begun.add(index)
        }
        return chunks
      }),
      'error-after-half': editStream((chunks) => {
        const spoken = chunks.filter(({ choices }) => choices[0]?.delta.content)
        const half = spoken.length >> 1
        for (const [i, chunk] of spoken.entries()) {
          if (i < half) continue
          chunk.choices[0].delta.content =
            i === half ? ' [Upstream Error]: connection reset by peer' : ''
        }
        return chunks
      }),
      'error-as-model': editChunks((chunk) => (chunk.model = 'error')),
    },
    responses: {
      'error-as-content': editText((_, i) => (i === 0 ? 'Internal Server Error' : '')),
      'error-after-half': editText((text, i, count) => {
        if (i < count >> 1) return text
        return i === count >> 1 ? ' [Upstream Error]: connection reset by peer' : ''
      }),
    },
  },
  echoes: [
    'request/content-parts',
    'request/unicode',
    'behaviour/constant-reply',
    'behaviour/tool-result-used',
    'behaviour/conversation-memory',
    'isolation/revised-turn',
    'voice/code-or-table',
    'voice/markdown',
    'voice/url',
  ],
})

function isTold(chunk: JsonObject | undefined): boolean {
  return chunk?.['model'] === 'error'
}

/** What a whole reply is worth: an error where nothing but software says so. */
function gradeWhole(text: string, request: JsonObject | undefined): Severity | undefined {
  if (isErrorText(text) || STATUS.test(text) || isErrorJson(text, request)) return 'error'
  const start = text.slice(0, 2_000)
  if (!LABEL.test(start)) return TOLD_AS.test(start) && TECHNICAL.test(start) ? 'error' : undefined
  if (TECHNICAL.test(start)) return 'error'
  if (EXPLAINS.test(start)) return undefined
  return /^\W*\w+ \d/.test(start) ? 'warning' : 'error'
}

/**
 * The last piece: a handler of exceptions writes what it caught in one, wherever the reply was; or
 * "Error:" in one, and what it caught in the next.
 */
function lastTold(spoken: readonly TextPiece[]): Passage {
  const last = spoken.at(-1)!
  const label = spoken.at(-2)
  if (!label || !/^\s*(?:Error|ERROR|Exception):\s*$/.test(label.text))
    return { piece: last, text: last.text }
  return { piece: label, text: label.text + last.text }
}

/** What it is worth there, by what comes before it. */
function gradeLast(last: string, before: string): Severity | undefined {
  const text = last.trim()
  const isApart = /\n\s*$/.test(before) || /^\s*\n/.test(last)
  if (before.trim() === '' || (QUOTES.test(before) && !(isApart && /\w\s*$/.test(before)))) {
    return undefined
  }
  const isNamed = isErrorText(text) || (isApart && STATUS.test(text))
  if (!isNamed && !LABEL.test(text)) return undefined
  const breaksOff = /[\p{L}\p{N},]\s*$/u.test(before)
  if (!isApart && !breaksOff && !text.startsWith('[')) return undefined
  if (isNamed || TECHNICAL.test(text.slice(0, 2_000))) return 'error'
  return isApart && !EXPLAINS.test(text.slice(0, 2_000)) ? 'warning' : undefined
}

function isErrorText(text: string): boolean {
  return ERROR_TEXT.some((pattern) => pattern.test(text))
}

/** Unless the request asks for JSON, in which a member may have any name. */
function isErrorJson(text: string, request: JsonObject | undefined): boolean {
  if (!text.startsWith('{') || request?.['response_format']) return false
  const json = parseJson(text)
  if (!isJsonObject(json)) return false
  const [[name, value] = [], ...others] = Object.entries(json)
  if (name === 'error' || (name === 'type' && value === 'error')) return true
  // Frameworks for servers write these; a reply of this form could be a message to the caller.
  const isAlone = others.length === 0 && (name === 'detail' || name === 'message')
  return isAlone && typeof value === 'string' && STATUS_TEXT.test(value)
}

/** What HTTP calls its errors. */
const STATUS_TEXT =
  /^(?:Bad Request|Unauthorized|Not authenticated|Forbidden|Not Found|Method Not Allowed|Too Many Requests|Internal Server Error|Bad Gateway|Service Unavailable|Gateway Timeout)\.?$/i
