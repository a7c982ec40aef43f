import { isJsonObject, isOpenJson, readPayload } from '../../../protocol/index.ts'
import { encodeFrame, type Tamper, textReply } from '../../../wire/index.ts'
import { defineCheck, type Observation } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, OPENAI_REQUEST, RESPONSES_REQUEST } from '../../check/sources.ts'
import { endingLength } from '../../observe/ending-length.ts'
import type { Evidence } from '../../evidence/evidence.ts'

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
  wordsIn: {
    responses: {
      requirement: {
        text: 'If set to true, the answer is streamed; it defaults to false',
        ...RESPONSES_REQUEST,
        seenIn: issue('sgl-project/mini-sglang', 51),
      },
      fix: 'Look at `stream` in the request: when it is false or missing, answer with one object of the kind "response".',
    },
  },
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
      yield describe(evidence)
    }
    return undefined
  },
  mutants: {
    'nonstream-streamed': editCompletion('text/event-stream', (json) => `data: ${json}\n\n`),
    'nonstream-cut': editCompletion('application/json', (json) => json.slice(0, -20)),
  },
})

function describe(evidence: Evidence): Observation {
  const text = new TextDecoder().decode(evidence.body)
  const expected = 'one whole JSON object'
  if (!isOpenJson(text)) {
    const payload = readPayload(text)
    return {
      message: 'The answer looks like JSON, but is not valid.',
      expected,
      actual: payload.kind === 'not-json' ? payload.reason : showJson(text),
      fix: 'Serialize the answer with a JSON library (json.dumps with allow_nan=False, JSON.stringify), once.',
    }
  }
  const length = endingLength(evidence)
  const actual = `${evidence.body.length} bytes that are not JSON`
  return length === undefined
    ? { message: 'The answer is JSON that is cut short.', expected, actual }
    : {
        message: `The answer is JSON that is cut short, after the ${length} bytes that Content-Length announces.`,
        expected,
        actual,
        fix: 'Count bytes for Content-Length, not characters; or leave it to your HTTP library.',
      }
}

/** Edits the text of completions that do not stream. */
function editCompletion(contentType: string, edit: (json: string) => string): Tamper {
  return (reply, { method }) => {
    const [frame] = reply.frames
    return method === 'POST' && reply.status === 200 && frame?.kind === 'bytes'
      ? textReply(200, contentType, edit(String(encodeFrame(frame))))
      : reply
  }
}
