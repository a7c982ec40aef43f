import type { Answer, ScoredText } from '../../answer.ts'
import type { ChatCompletion } from '../chat-completion.ts'
import type { Usage } from '../../usage.ts'
import { jsonReply, type Reply } from '../../../wire/index.ts'
import { callsOfMessage } from './call-forms.ts'
import type { Identity } from './identity.ts'
import type { Schedule } from '../../dialect.ts'
import type { ChoiceLogprobs } from './choice-logprobs.ts'

/** Writes answers as one JSON completion. */
export function completeAnswers(
  answers: readonly Answer[],
  identity: Identity,
  usage: Usage,
  schedule: Schedule = () => [0],
): Reply {
  const completion: ChatCompletion = {
    ...identity.envelope,
    object: 'chat.completion',
    choices: answers.map((answer, index) => ({
      index,
      message: messageOf(answer, index, identity),
      logprobs: logprobsOf(answer),
      finish_reason: answer.finishReason,
    })),
    usage,
  }
  const reply = jsonReply(200, completion)
  const atMs = schedule(usage.completion_tokens).at(-1)!
  return atMs === 0
    ? reply
    : { ...reply, frames: reply.frames.map((frame) => ({ ...frame, atMs })) }
}

function logprobsOf({ scored }: Answer): ChoiceLogprobs | null {
  if (!scored) return null
  const { bufferWords, text, refusal } = scored
  const tokens = (pieces: readonly ScoredText[]) => pieces.flatMap((piece) => piece.tokens)
  return refusal.length > 0
    ? { content: null, refusal: tokens(refusal) }
    : { content: tokens([...bufferWords, ...text]), refusal: null }
}

function messageOf(
  { text, calls, bufferWords = '', reasoning, refusal }: Answer,
  choice: number,
  identity: Identity,
): ChatCompletion['choices'][number]['message'] {
  const said = bufferWords + text
  const silent = said === '' && (calls.length > 0 || refusal !== undefined)
  return {
    role: 'assistant',
    content: silent ? null : said,
    ...(reasoning !== undefined && { reasoning_content: reasoning }),
    refusal: refusal ?? null,
    ...callsOfMessage(calls, ({ id }, i) => id ?? identity.callId(choice, i)),
  }
}
