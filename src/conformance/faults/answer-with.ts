import type { HttpRequest, Reply, Tamper } from '../../wire/index.ts'

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
