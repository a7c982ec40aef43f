import type { Answer, Phase, PlannedCall } from '../../answer.ts'
import type { JsonObject } from '../../json/json.ts'
import { cutText } from '../../chat/write/cut-text.ts'
import { type Identity } from './identity.ts'
import { whyIncomplete } from './response-object.ts'

/** An item of a response before it is written. */
export type PlannedItem =
  | {
      readonly kind: 'reasoning'
      readonly id: string
      readonly pieces: readonly string[]
      /** The same as nobody but the model can read it, where that was asked for. */
      readonly encrypted: string | undefined
    }
  | {
      readonly kind: 'message'
      readonly id: string
      readonly parts: readonly PlannedPart[]
      readonly phase: Phase | undefined
    }
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
export function plannedItems(
  answer: Answer,
  identity: Identity,
  { isEncrypted = false }: { readonly isEncrypted?: boolean } = {},
): PlannedItem[] {
  const { reasoning, calls } = answer
  const messages = messagesIn(answer)
  const items: PlannedItem[] = []
  if (reasoning !== undefined) {
    const id = identity.itemId('rs', items.length)
    const encrypted = isEncrypted ? identity.encrypted(reasoning) : undefined
    items.push({ kind: 'reasoning', id, pieces: cutText(reasoning), encrypted })
  }
  // A model that says nothing, and calls nothing, has said nothing in a message.
  const isSilent = messages.length === 0 && calls.length === 0 && !reasoning
  for (const message of isSilent ? [SILENCE] : messages) {
    items.push({ kind: 'message', id: identity.itemId('msg', items.length), ...message })
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

type PlannedMessage = Pick<Extract<PlannedItem, { readonly kind: 'message' }>, 'phase' | 'parts'>

const SILENCE: PlannedMessage = { phase: undefined, parts: [] }

/** Answers that are given often are cut up once. */
const known = new WeakMap<Answer, readonly PlannedMessage[]>()

function messagesIn(answer: Answer): readonly PlannedMessage[] {
  let messages = known.get(answer)
  if (!messages) known.set(answer, (messages = cutUp(answer)))
  return messages
}

function cutUp(answer: Answer): readonly PlannedMessage[] {
  const { text, bufferWords = '', refusal = '', messages = [] } = answer
  const refused: PlannedPart[] =
    refusal === '' ? [] : [{ kind: 'refusal', pieces: cutText(refusal), early: 0 }]
  if (messages.length === 0) {
    const said = text === '' && bufferWords === '' ? [] : [textPart(answer)]
    const parts = [...said, ...refused]
    return parts.length === 0 ? [] : [{ phase: undefined, parts }]
  }
  // A limit may have cut the text before some of them.
  const begun = messages.filter(({ from }, i) => i === 0 || from < text.length)
  return begun.map(({ phase, from, to }, i) => {
    const early = i === 0 ? cutText(bufferWords) : []
    const pieces = [...early, ...cutText(text.slice(from, to))]
    const said: PlannedPart = { kind: 'output_text', pieces, early: early.length }
    return { phase, parts: i === begun.length - 1 ? [said, ...refused] : [said] }
  })
}

function textPart({ text, bufferWords = '', scored }: Answer): PlannedPart {
  const early = scored?.bufferWords.map((each) => each.text) ?? cutText(bufferWords)
  const said = scored?.text.map((each) => each.text) ?? cutText(text)
  return {
    kind: 'output_text',
    pieces: [...early, ...said],
    early: early.length,
    ...(scored && {
      logprobs: [...scored.bufferWords, ...scored.text].map(
        ({ tokens }) => tokens as unknown as JsonObject[],
      ),
    }),
  }
}

/** An item as it is when it is over. */
function wholeItem(item: PlannedItem, status: 'completed' | 'incomplete'): JsonObject {
  switch (item.kind) {
    case 'reasoning': {
      const text = item.pieces.join('')
      const summary = text === '' ? [] : [{ type: 'summary_text', text }]
      const { id, encrypted } = item
      return {
        id,
        type: 'reasoning',
        summary,
        ...(encrypted !== undefined && { encrypted_content: encrypted }),
      }
    }
    case 'message': {
      const content = item.parts.map(wholePart)
      return { ...messageItem(item, status), content }
    }
    case 'call':
      return callItem(item, item.call.arguments, status)
  }
}

/** A message without what it says. */
export function messageItem(
  { id, phase }: Extract<PlannedItem, { readonly kind: 'message' }>,
  status: string,
): JsonObject {
  return { id, type: 'message', status, role: 'assistant', ...(phase && { phase }), content: [] }
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
