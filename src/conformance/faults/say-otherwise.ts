import {
  type Answer,
  type Choice,
  DONE,
  dialectAt,
  dialects,
  type FinishReason,
  type JsonObject,
} from '../../protocol/index.ts'
import {
  type Call,
  type Fault,
  type Frame,
  type Handler,
  pathOf,
  type Reply,
} from '../../wire/index.ts'
import { streamsEvents } from './edit-frames.ts'

const USAGE = { prompt_tokens: 9, completion_tokens: 9, total_tokens: 18 }

/**
 * An endpoint whose streamed replies say something else, at once, in the form that is usual in the dialect;
 * told what was asked, in the words of chat completions. `undefined` leaves a reply as it is.
 */
export function sayOtherwise(
  edit: (answer: Answer, asked: JsonObject) => Answer | undefined,
): Fault {
  return {
    wrap<C extends Call>(handler: Handler<C>): Handler<C> {
      return async (request, call) => {
        const reply = await handler(request, call)
        const dialect = dialectAt(pathOf(request.url), dialects)
        const read = dialect?.readRequest(request.body ?? '')
        if (!dialect || !read || !('request' in read) || !streamsEvents(reply)) return reply
        const [choice] = dialect.readReply(eventsOf(reply)).choices
        const asked = read.request
        const answer = choice && edit(answerOf(choice), asked as unknown as JsonObject)
        const form = { request: asked, print: 1, seed: 1, usage: async () => USAGE }
        return answer ? endingAs(reply, await dialect.writeReply([answer], form)) : reply
      }
    },
  }
}

/** With `[DONE]` where another reply has it. */
function endingAs(other: Reply, reply: Reply): Reply {
  const isDone = (frame: Frame) => frame.kind === 'event' && frame.data === DONE
  const frames = reply.frames.some(isDone) ? [] : other.frames.filter(isDone)
  return { ...reply, frames: [...reply.frames, ...frames] }
}

function eventsOf({ frames }: Reply) {
  return frames.flatMap((frame) =>
    frame.kind === 'event' ? { name: frame.event, data: frame.data } : [],
  )
}

function answerOf({ text, calls, finishReason = 'stop' }: Choice): Answer {
  return {
    text,
    calls: calls.map(({ name = '', arguments: args }) => ({ name, arguments: args })),
    finishReason: finishReason as FinishReason,
  }
}
