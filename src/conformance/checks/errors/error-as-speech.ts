import { isJsonObject, type JsonObject, parseJson } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import { editStream } from '../../faults/index.ts'

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
    for (const { content, opening } of evidence.reply.choices) {
      if (!isErrorText(content.trim(), evidence.request)) continue
      yield {
        message: 'The reply is the text of an error.',
        expected: 'something to say to the caller',
        actual: content,
        ...evidence.where(opening),
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
  },
  echoes: [
    'request/content-parts',
    'request/unicode',
    'behaviour/constant-reply',
    'behaviour/tool-result-used',
    'behaviour/conversation-memory',
  ],
})

function isErrorText(text: string, request: JsonObject | undefined): boolean {
  return ERROR_TEXT.some((pattern) => pattern.test(text)) || isErrorJson(text, request)
}

/** Unless the request asks for JSON, in which a member may have any name. */
function isErrorJson(text: string, request: JsonObject | undefined): boolean {
  if (!text.startsWith('{') || request?.['response_format']) return false
  const json = parseJson(text)
  return isJsonObject(json) && Object.keys(json)[0] === 'error'
}
