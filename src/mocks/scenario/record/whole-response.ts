import { isJsonObject, type Json, type JsonObject } from '../../../protocol/index.ts'
import type { SaidAnswer } from './said-answer.ts'

/** What a response says that was not streamed; `undefined` for one that has failed. */
export function wholeResponse(response: JsonObject, atMs: number): SaidAnswer | undefined {
  const { status, output, incomplete_details: why } = response
  if (status !== 'completed' && status !== 'incomplete') return undefined
  const items = objectsIn(output)
  const inItems = (type: string) => items.filter((item) => item['type'] === type)
  const textsIn = (type: string, list: string, member: string) =>
    inItems(type)
      .flatMap((item) => objectsIn(item[list]))
      .map((part) => textIn(part, member))
      .filter((text) => text !== '')
      .map((text) => ({ text, atMs }))
  return {
    reasoning: textsIn('reasoning', 'summary', 'text'),
    text: textsIn('message', 'content', 'text'),
    refusal: textsIn('message', 'content', 'refusal'),
    calls: inItems('function_call').map((item) => ({
      name: textIn(item, 'name'),
      id: textIn(item, 'call_id'),
      atMs,
      arguments: [{ text: textIn(item, 'arguments'), atMs }],
    })),
    finishReason: status === 'incomplete' ? reasonIn(why) : undefined,
    error: undefined,
    endMs: atMs,
    isOver: true,
  }
}

function reasonIn(why: Json | undefined): string {
  const reason = isJsonObject(why) ? why['reason'] : undefined
  return reason === 'content_filter' ? reason : 'length'
}

function objectsIn(list: Json | undefined): readonly JsonObject[] {
  return Array.isArray(list) ? list.filter(isJsonObject) : []
}

function textIn(json: JsonObject, member: string): string {
  const { [member]: text } = json
  return typeof text === 'string' ? text : ''
}
