import type { Reply, Tamper } from '../../wire/index.ts'

/** Answers every chat request with the same thing. */
export function answerChatWith(answer: Reply): Tamper {
  return (reply, { method }) => (method === 'POST' ? answer : reply)
}
