import { isJsonObject, type JsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { showEnd } from '../../observe/show-end.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import { seemsWhole } from '../../observe/seems-whole.ts'
import { tornEvent } from '../../observe/torn-event.ts'
import { endingLength, FIX_LENGTH } from '../../observe/ending-length.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { misnamedReason } from '../../observe/misnamed-reason.ts'
import { editBody, editFrames } from '../../faults/index.ts'

export default defineCheck({
  id: 'stream/cut-off',
  title: 'The stream does not break off in the middle of a reply',
  severity: 'error',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'A reply ends with a finish_reason, and the stream with [DONE]',
    ...ELEVENLABS,
    seenIn: issue('vllm-project/vllm', 52_852),
  },
  effect: 'The agent stops in mid-sentence, and no client can tell that the reply was incomplete.',
  fix: 'Look for an exception or a timeout in your generator: it ended cleanly, but too early. Send an error event when that happens, and end whole replies with a finish_reason and [DONE].',
  probes: 'every-stream',
  needs: ['whole', 'chunks'],
  *inspect(evidence) {
    const torn = tornEvent(evidence)
    if (!torn && (saysHowItEnds(evidence) || seemsWhole(evidence))) return
    const length = endingLength(evidence)
    const last = torn ?? evidence.chat.chunks.at(-1)?.event
    yield {
      message: [
        'The stream ended ',
        torn
          ? 'in the middle of an event'
          : 'in the middle of a reply, with neither a finish_reason nor [DONE]',
        length === undefined ? '.' : `, after the ${length} bytes that Content-Length announces.`,
      ].join(''),
      expected: 'a finish_reason on the last chunk, then [DONE]',
      ...(torn && { actual: showEnd(torn.text) }),
      ...(length !== undefined && { fix: FIX_LENGTH }),
      ...(last && { at: last }),
    }
  },
  mutants: {
    'eof-mid-sentence': editFrames((frames) => frames.slice(0, Math.ceil(frames.length / 2))),
    'eof-mid-event': editBody((body) => body.slice(0, body.length * 0.6)),
  },
  echoes: [
    'sse/done',
    'sse/unknown-field',
    'stream/finish-reason-missing',
    'stream/empty-reply',
    'stream/include-usage',
    'tools/arguments-json',
    'tools/arguments-empty',
  ],
})

/**
 * With an error, it did not just break off; nor with a terminator that is misspelled, a reason that is
 * misnamed, or a count of what was generated.
 */
function saysHowItEnds({ chat, done }: Evidence): boolean {
  if (done !== undefined) return true
  const { chunks, data, pieces } = chat
  const last = chunks.at(-1)
  return (
    pieces.some(({ json }) => hasReason(json)) ||
    misnamedReason(pieces) !== undefined ||
    (isJsonObject(last?.json['usage']) && pieces.at(-1)?.event !== last?.event.index) ||
    data.some(({ payload: { kind } }) => kind === 'error' || kind === 'almost-done')
  )
}

function hasReason({ finish_reason: reason }: JsonObject): boolean {
  return typeof reason === 'string' ? reason !== '' : isJsonObject(reason)
}
