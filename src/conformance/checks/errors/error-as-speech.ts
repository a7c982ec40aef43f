import { isJsonObject, type JsonObject, parseJson } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import { editChunks, editStream } from '../../faults/index.ts'

/**
 * What software writes and no agent says. A reply may well speak about errors: most of these have to
 * stand at its start, or to be all there is.
 */
const ERROR_TEXT = [
  /\bTraceback \(most recent call last\)/,
  /\bError code: [45]\d\d - [{'"<]/,
  /^\W*Error code: [45]\d\d\b/,
  /^\W*(?:(?:[a-z_]\w*\.){0,20}[A-Z]\w*(?:Error|Exception)|Error|ERROR|Exception)(?: \d+)?: \S/,
  /^\W*(?:HTTP )?(?:error:? )?(?:[45]\d\d )?(?:internal server error|service (?:temporarily )?unavailable|bad gateway|gateway time-?out|too many requests)\W*$/i,
  /^<(?:!doctype html|html)\b/i,
  // An SDK writes its name before its errors: "[GoogleGenerativeAI Error]: Error fetching from ...".
  /^\[[\w .-]{0,60}(?:Error|ERROR|Exception)\]: \S/,
  /^\[(?:Error|ERROR|Exception): [^\]]{1,2000}\]$/,
]

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
  probes: 'every-stream',
  needs: ['content'],
  *inspect(evidence) {
    const failed = evidence.reply.choices.filter(({ content }) =>
      isErrorText(content.trim(), evidence.request),
    )
    for (const { content, opening } of failed) {
      yield {
        message: 'The reply is the text of an error.',
        expected: 'something to say to the caller',
        actual: content,
        ...evidence.where(opening),
      }
    }
    if (failed.length > 0) return
    for (const spoken of evidence.spokenByChoice.values()) {
      // A handler of exceptions writes what it caught in one piece, wherever the reply was.
      const last = spoken.at(-1)!
      const text = last.text.trim()
      const breaksOff = MID_SENTENCE.test(spoken.at(-2)?.text.trimEnd() ?? '')
      if (!isErrorText(text, evidence.request) || !(breaksOff || text.startsWith('['))) continue
      yield {
        message: 'After part of a reply, its last piece is the text of an error.',
        expected: 'the rest of the reply',
        actual: last.text,
        ...evidence.where(last.piece, '/delta/content'),
      }
      return
    }
    const told = evidence.spoken.find(({ piece }) => isTold(evidence.chunks[piece.chunk]?.json))
    if (told) {
      yield {
        message: 'A chunk whose model is "error" has text: it is spoken.',
        expected: 'an error event, or status 5xx',
        actual: told.text,
        ...evidence.where(told.piece, '/delta/content'),
      }
    }
  },
  mutants: {
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
  echoes: [
    'request/content-parts',
    'request/unicode',
    'behaviour/constant-reply',
    'behaviour/tool-result-used',
    'behaviour/conversation-memory',
    'isolation/revised-turn',
    'voice/code-or-table',
  ],
})

/** A sentence, a colon or a quotation mark before it may introduce an error that is only spoken about. */
const MID_SENTENCE = /[\p{L}\p{N},]$/u

function isTold(chunk: JsonObject | undefined): boolean {
  return chunk?.['model'] === 'error'
}

function isErrorText(text: string, request: JsonObject | undefined): boolean {
  return ERROR_TEXT.some((pattern) => pattern.test(text)) || isErrorJson(text, request)
}

/** Unless the request asks for JSON, in which a member may have any name. */
function isErrorJson(text: string, request: JsonObject | undefined): boolean {
  if (!text.startsWith('{') || request?.['response_format']) return false
  const json = parseJson(text)
  return isJsonObject(json) && Object.keys(json)[0] === 'error'
}
