import type { Answer, ChatRequest } from '../../protocol/index.ts'
import { loadTokenizer } from './tokenizer.ts'

/**
 * Keeps an answer within what the request allows: `stop`, and `max_completion_tokens` or
 * `max_tokens`, of which reasoning, words and calls have one allowance, in the order they are sent.
 */
export async function limit(answer: Answer, request: ChatRequest): Promise<Answer> {
  const stopped = stopAt(answer, [request.stop ?? []].flat().filter(Boolean))
  const most = request.max_completion_tokens ?? request.max_tokens ?? -1
  // A token is never shorter than a byte, so most answers need no counting.
  return most < 0 || bytesOf(stopped) <= most ? stopped : within(stopped, most)
}

/** What is said at once is part of the content, and a stop may begin in it. */
function stopAt(answer: Answer, stops: readonly string[]): Answer {
  const { bufferWords = '', text } = answer
  const content = bufferWords + text
  const at = Math.min(...stops.map((stop) => content.indexOf(stop)).filter((each) => each >= 0))
  if (at === Infinity) return answer
  return {
    ...answer,
    ...(bufferWords !== '' && { bufferWords: bufferWords.slice(0, at) }),
    text: content.slice(bufferWords.length, Math.max(at, bufferWords.length)),
    calls: [],
    finishReason: 'stop',
  }
}

async function within(answer: Answer, most: number): Promise<Answer> {
  const { count, first } = await loadTokenizer()
  let left = most
  let isCut = false
  const cut = async (text: string): Promise<string> => {
    const tokens = await count([text])
    const kept = tokens <= left ? text : await first(text, left)
    isCut ||= kept !== text
    left = isCut ? 0 : left - tokens
    return kept
  }
  const { bufferWords, reasoning, refusal } = answer
  const parts = {
    ...(bufferWords !== undefined && { bufferWords: await cut(bufferWords) }),
    ...(reasoning !== undefined && { reasoning: await cut(reasoning) }),
    text: await cut(answer.text),
    ...(refusal !== undefined && { refusal: await cut(refusal) }),
  }
  const calls = []
  for (const call of answer.calls) {
    // A name comes whole.
    if ((await cut(call.name)) !== call.name) break
    calls.push({ ...call, arguments: await cut(call.arguments) })
    if (isCut) break
  }
  return isCut ? { ...answer, ...parts, calls, finishReason: 'length' } : answer
}

const utf8 = new TextEncoder()

function bytesOf({ bufferWords = '', reasoning = '', text, refusal = '', calls }: Answer): number {
  const said = bufferWords + reasoning + text + refusal
  return utf8.encode(said + calls.map((call) => call.name + call.arguments).join('')).length
}
