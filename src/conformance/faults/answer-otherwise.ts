import {
  encodeFrame,
  type HttpRequest,
  jsonReply,
  type Reply,
  type Tamper,
} from '../../wire/index.ts'
import type { Draft } from './draft.ts'

/** Answers every chat request with the same thing. */
export function answerChatWith(answer: Reply): Tamper {
  return answerWhere(({ method }) => method === 'POST', answer)
}

/** Answers some requests with the same thing; told what the right answer was. */
export function answerWhere(
  matches: (request: HttpRequest, reply: Reply) => boolean,
  answer: Reply,
): Tamper {
  return (reply, request) => (matches(request, reply) ? answer : reply)
}

/** Writes every error answer in another way; its status stays. */
export function answerErrorsWith(answer: (status: number) => Reply): Tamper {
  return (reply) => (reply.status >= 400 ? answer(reply.status) : reply)
}

/** A fault in the answers to requests whose body matches; all others are answered well. */
export function onlyFor(pattern: RegExp, fault: Tamper): Tamper {
  return (reply, request) => (pattern.test(request.body ?? '') ? fault(reply, request) : reply)
}

/** The request for a long answer that offers no tools. */
export const PLAIN_STORY = /lighthouse(?!.*"tools")/s

/** No answer at all: the connection is reset, or stays silent. */
export function noAnswer(how: 'reset' | 'stall'): Reply {
  return { status: 200, headers: [], frames: [{ kind: 'hang-up', atMs: 0, how }] }
}

/** A whole completion, where a stream or a refusal belongs. */
export const jsonCompletion = jsonReply(200, {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1_767_225_600,
  model: 'custom-model',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello.' }, finish_reason: 'stop' }],
})

/** Answers with another list of models. */
export function editModelList(edit: (list: Draft) => unknown): Tamper {
  return (reply, { url }) => {
    const [frame] = reply.frames
    if (!url.endsWith('/models') || frame?.kind !== 'bytes') return reply
    return jsonReply(200, edit(JSON.parse(String(encodeFrame(frame)))))
  }
}
