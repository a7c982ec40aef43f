import { isJsonObject, type JsonObject } from '../../protocol/index.ts'
import { requestFixture } from '../probes/request-fixture.ts'

/** A request with another system prompt in place of ours; what its probe alone adds to that stays. */
export function withSystemPrompt(request: JsonObject, prompt: string): JsonObject {
  const [ours = ''] = textsOf(requestFixture('streamed-turn'))
  const { messages } = request
  if (!Array.isArray(messages)) return request
  return {
    ...request,
    messages: messages.map((message) =>
      isJsonObject(message) && typeof message['content'] === 'string'
        ? { ...message, content: message['content'].replace(ours, () => prompt) }
        : message,
    ),
  }
}

function textsOf({ messages }: JsonObject): string[] {
  const all = Array.isArray(messages) ? messages.filter(isJsonObject) : []
  return all.flatMap(({ content }) => (typeof content === 'string' ? content : []))
}
