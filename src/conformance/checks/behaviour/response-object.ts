import { isJsonObject, type JsonObject } from '../../../protocol/index.ts'
import {
  encodeFrame,
  type HttpRequest,
  jsonReply,
  type Reply,
  type Tamper,
} from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { issue, RESPONSES_OBJECT } from '../../check/sources.ts'
import { jsonCompletion } from '../../faults/index.ts'
import { showJson } from '../../observe/show-json.ts'

const STATUSES: readonly unknown[] = ['completed', 'incomplete', 'failed']

export default defineCheck({
  id: 'behaviour/response-object',
  title: 'Without a stream, the answer is one response, with its status, output and usage',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'object: always set to response; status; output; usage',
    ...RESPONSES_OBJECT,
    seenIn: issue('UKGovernmentBEIS/inspect_ai', 5198),
  },
  effect: 'Clients that do not stream fail, or take an answer that was cut for a whole one.',
  fix: 'Answer with the response that ends a stream: `{"object": "response", "status": "completed", "output": [...], "usage": {...}}`.',
  probes: ['non-stream'],
  needs: ['exchange', 'success'],
  *inspect(evidence) {
    const { json, request } = evidence
    if (request?.['stream'] === true || !isJsonObject(json)) return
    const wrong = wrongIn(json)
    if (wrong.length === 0) return
    yield {
      message: `The answer lacks ${wrong.join(', ')}.`,
      expected: '"object": "response", "status", "output", "usage"',
      actual: showJson(json),
    }
  },
  mutants: {
    'json-no-status': editWhole(({ status: _, ...response }) => response),
    'json-chat-completion': (reply, request) => (isWhole(reply, request) ? jsonCompletion : reply),
  },
  echoes: ['behaviour/stream-parity'],
})

function wrongIn({ object, status, output, usage }: JsonObject): string[] {
  return [
    ...(object === 'response' ? [] : ['"object": "response"']),
    ...(STATUSES.includes(status) ? [] : ['a status']),
    ...(Array.isArray(output) ? [] : ['output']),
    ...(isJsonObject(usage) ? [] : ['usage']),
  ]
}

function isWhole({ status, frames }: Reply, { method }: HttpRequest): boolean {
  return method === 'POST' && status === 200 && frames.length === 1 && frames[0]!.kind === 'bytes'
}

function editWhole(edit: (response: JsonObject) => JsonObject): Tamper {
  return (reply, request) => {
    const [frame] = reply.frames
    if (!isWhole(reply, request) || frame?.kind !== 'bytes') return reply
    const json: unknown = JSON.parse(String(encodeFrame(frame)))
    return jsonReply(200, edit(json as JsonObject))
  }
}
