import type { Reply, Tamper } from '../../wire/index.ts'

/** Writes every error answer in another way; its status stays. */
export function answerErrorsWith(answer: (status: number) => Reply): Tamper {
  return (reply) => (reply.status >= 400 ? answer(reply.status) : reply)
}
