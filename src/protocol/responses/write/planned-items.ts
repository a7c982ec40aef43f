import type { Answer, PlannedCall } from '../../answer.ts'
import type { JsonObject } from '../../json/json.ts'
import { cutText } from '../../chat/write/cut-text.ts'
import { type Identity } from './identity.ts'
import { whyIncomplete } from './response-object.ts'

/** An item of a response before it is written. */
export type PlannedItem =
  | { readonly kind: 'reasoning'; readonly id: string; readonly pieces: readonly string[] }
  | { readonly kind: 'message'; readonly id: string; readonly parts: readonly PlannedPart[] }
  | {
      readonly kind: 'call'
      readonly id: string
      readonly callId: string
      readonly call: PlannedCall
      readonly pieces: readonly string[]
    }

/** A part of a message, cut into deltas. */
export interface PlannedPart {
  readonly kind: 'output_text' | 'refusal'
  readonly pieces: readonly string[]
  /** How many of them are said before the first token is waited for. */
  readonly early: number
  /** Of each piece, where they were asked for. */
  readonly logprobs?: readonly (readonly JsonObject[])[]
}

/** Plans the items in which an answer is said: what was thought, what is said, what is called. */
export function plannedItems(answer: Answer, identity: Identity): PlannedItem[] {
  const { reasoning = '', calls } = answer
  const parts = partsOf(answer)
  const items: PlannedItem[] = []
  if (reasoning !== '') {
    const id = identity.itemId('rs', items.length)
    items.push({ kind: 'reasoning', id, pieces: cutText(reasoning) })
  }
  // A model that says nothing, and calls nothing, has said nothing in a message.
  if (parts.length > 0 || (calls.length === 0 && reasoning === '')) {
    items.push({ kind: 'message', id: identity.itemId('msg', items.length), parts })
  }
  for (const [i, call] of calls.entries()) {
    items.push({
      kind: 'call',
      id: identity.itemId(call.kind === 'custom' ? 'ctc' : 'fc', items.length),
      callId: call.id ?? identity.callId(i),
      call,
      pieces: cutText(call.arguments),
    })
  }
  return items
}

function partsOf({ text, bufferWords = '', refusal = '', scored }: Answer): PlannedPart[] {
  const parts: PlannedPart[] = []
  if (text !== '' || bufferWords !== '') {
    const early = scored?.bufferWords.map((each) => each.text) ?? cutText(bufferWords)
    const said = scored?.text.map((each) => each.text) ?? cutText(text)
    parts.push({
      kind: 'output_text',
      pieces: [...early, ...said],
      early: early.length,
      ...(scored && {
        logprobs: [...scored.bufferWords, ...scored.text].map(
          ({ tokens }) => tokens as unknown as JsonObject[],
        ),
      }),
    })
  }
  if (refusal !== '') parts.push({ kind: 'refusal', pieces: cutText(refusal), early: 0 })
  return parts
}

/** An item as it is when it is over. */
export function wholeItem(item: PlannedItem, status: 'completed' | 'incomplete'): JsonObject {
  switch (item.kind) {
    case 'reasoning': {
      const summary = [{ type: 'summary_text', text: item.pieces.join('') }]
      return { id: item.id, type: 'reasoning', summary }
    }
    case 'message': {
      const content = item.parts.map(wholePart)
      return { id: item.id, type: 'message', status, role: 'assistant', content }
    }
    case 'call':
      return callItem(item, item.call.arguments, status)
  }
}

export function wholePart({ kind, pieces, logprobs }: PlannedPart): JsonObject {
  const text = pieces.join('')
  return kind === 'refusal'
    ? { type: 'refusal', refusal: text }
    : { type: 'output_text', text, annotations: [], logprobs: logprobs?.flat() ?? [] }
}

/** A call with as much of what it is called with. */
export function callItem(
  { id, callId, call }: Extract<PlannedItem, { readonly kind: 'call' }>,
  told: string,
  status: string,
): JsonObject {
  const { name } = call
  return call.kind === 'custom'
    ? { id, type: 'custom_tool_call', status, call_id: callId, name, input: told }
    : { id, type: 'function_call', status, call_id: callId, name, arguments: told }
}

/** Items as they are when the answer is over: one that was cut is cut in its last. */
export function wholeItems(items: readonly PlannedItem[], { finishReason }: Answer): JsonObject[] {
  const isCut = whyIncomplete(finishReason) !== undefined
  return items.map((item, i) =>
    wholeItem(item, isCut && i === items.length - 1 ? 'incomplete' : 'completed'),
  )
}
