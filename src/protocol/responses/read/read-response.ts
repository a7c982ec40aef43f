import { isJsonObject, type Json, type JsonObject } from '../../json/json.ts'
import type { WholeAnswer } from '../../whole-answer.ts'

/** Reads a response that was not streamed; `undefined` for what is none, and for one that has failed. */
export function readResponse(json: Json | undefined): WholeAnswer | undefined {
  if (!isJsonObject(json) || json['object'] !== 'response') return undefined
  const { status, output, incomplete_details: why } = json
  if (status !== 'completed' && status !== 'incomplete') return undefined
  const items = objectsIn(output)
  const inItems = (type: string) => items.filter((item) => item['type'] === type)
  const said = (type: string, list: string, member: string) =>
    inItems(type)
      .flatMap((item) => objectsIn(item[list]))
      .map((part) => textIn(part, member))
      .join('')
  return {
    id: textIn(json, 'id'),
    reasoning: said('reasoning', 'summary', 'text'),
    text: said('message', 'content', 'text'),
    refusal: said('message', 'content', 'refusal'),
    calls: inItems('function_call').map((item) => ({
      name: textIn(item, 'name'),
      id: textIn(item, 'call_id'),
      arguments: textIn(item, 'arguments'),
    })),
    finishReason: status === 'incomplete' ? reasonIn(why) : undefined,
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
