import { isJsonObject } from '../../../protocol/index.ts'
import { encodeFrame, type Tamper, textReply } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import { issue, OPENAI_REQUEST } from '../../check/sources.ts'

export default defineCheck({
  id: 'transport/stream-unasked',
  title: 'Without `stream: true`, the answer is one JSON object',
  severity: 'info',
  since: '2026-11',
  requirement: {
    text: 'If set to true, the answer is streamed; it defaults to false',
    ...OPENAI_REQUEST,
    seenIn: issue('sgl-project/mini-sglang', 51),
  },
  effect: 'Clients that ask for no stream fail to parse the answer; voice platforms ask for one.',
  fix: 'Look at `stream` in the request: when it is false or missing, answer with one chat.completion object.',
  probes: ['non-stream'],
  needs: ['exchange', 'request', 'success', 'body'],
  *inspect(evidence) {
    const { request, stream, json, excess, otherApi } = evidence
    if (request['stream'] === true) return skip('the request asked for a stream')
    if (stream.events.length > 0) {
      yield {
        message: 'The request asked for no stream, and was answered with one.',
        expected: 'one JSON object',
        actual: `${stream.events.length} events`,
      }
    } else if (!isJsonObject(json) && !excess && !otherApi && evidence.opening.startsWith('{')) {
      yield {
        message: 'The answer is JSON that is cut short.',
        expected: 'one whole JSON object',
        actual: `${evidence.body.length} bytes that are not JSON`,
      }
    }
    return undefined
  },
  mutants: {
    'nonstream-streamed': editCompletion('text/event-stream', (json) => `data: ${json}\n\n`),
    'nonstream-cut': editCompletion('application/json', (json) => json.slice(0, -20)),
  },
})

/** Edits the text of completions that do not stream. */
function editCompletion(contentType: string, edit: (json: string) => string): Tamper {
  return (reply, { method }) => {
    const [frame] = reply.frames
    return method === 'POST' && reply.status === 200 && frame?.kind === 'bytes'
      ? textReply(200, contentType, edit(String(encodeFrame(frame))))
      : reply
  }
}
