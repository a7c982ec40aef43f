import type { Answer } from '../../answer.ts'
import type { JsonObject } from '../../json/json.ts'
import {
  callItem,
  messageItem,
  type PlannedItem,
  type PlannedPart,
  wholeItems,
  wholePart,
} from './planned-items.ts'

/** An event of an item, and the token that it comes with. */
export interface ItemEvent {
  readonly type: string
  /** What it has beside its type and its number, as JSON without braces. */
  readonly members: string
  /** The same where only what nobody can do without is sent; `undefined` for what is left out then. */
  readonly minimum: string | undefined
  /** Counted from 0; negative before the first token is waited for. */
  readonly token: number
  /** Whether it says a part of the answer. */
  readonly says: boolean
}

/** Lists the events of all items of an answer, in the order in which OpenAI sends them. */
export function eventsOf(
  items: readonly PlannedItem[],
  answer: Answer,
): { readonly events: readonly ItemEvent[]; readonly tokens: number } {
  const wholes = wholeItems(items, answer)
  const writer = new ItemWriter()
  for (const [i, item] of items.entries()) writer.write(item, i, wholes[i]!)
  return { events: writer.events, tokens: Math.max(1, writer.token) }
}

/** Writes items, and counts tokens: each delta is one. */
class ItemWriter {
  readonly events: ItemEvent[] = []
  token = 0

  write(item: PlannedItem, output_index: number, whole: JsonObject): void {
    switch (item.kind) {
      case 'reasoning':
        this.#reasoning(item, output_index)
        break
      case 'message':
        this.#message(item, output_index)
        break
      case 'call':
        this.#call(item, output_index)
    }
    const members = membersOf({ output_index, item: whole })
    this.#push({
      type: 'response.output_item.done',
      members,
      minimum: item.kind === 'call' ? members : undefined,
      token: Math.max(0, this.token - 1),
      says: false,
    })
  }

  #reasoning(
    { id, pieces }: Extract<PlannedItem, { readonly kind: 'reasoning' }>,
    output_index: number,
  ): void {
    const item = { id, type: 'reasoning', summary: [] }
    this.#next({ type: 'response.output_item.added', output_index, item })
    if (pieces.length === 0) return
    const place = { item_id: id, output_index, summary_index: 0 }
    const stem = 'response.reasoning_summary'
    const part = (text: string) => ({ ...place, part: { type: 'summary_text', text } })
    this.#next({ type: `${stem}_part.added`, ...part('') })
    for (const delta of pieces) this.#token({ type: `${stem}_text.delta`, ...place, delta })
    const text = pieces.join('')
    this.#last({ type: `${stem}_text.done`, ...place, text })
    this.#last({ type: `${stem}_part.done`, ...part(text) })
  }

  #message(
    planned: Extract<PlannedItem, { readonly kind: 'message' }>,
    output_index: number,
  ): void {
    const { id, parts } = planned
    const item = messageItem(planned, 'in_progress')
    const isEarly = (parts[0]?.early ?? 0) > 0
    this.#at(isEarly ? -1 : this.token, { type: 'response.output_item.added', output_index, item })
    for (const [i, part] of parts.entries()) {
      this.#part(part, { item_id: id, output_index, content_index: i })
    }
  }

  #part(planned: PlannedPart, place: JsonObject): void {
    const { kind, pieces, early, logprobs } = planned
    const isText = kind === 'output_text'
    const empty = isText
      ? { type: kind, text: '', annotations: [], logprobs: [] }
      : { type: kind, refusal: '' }
    const opening = early > 0 ? -1 : this.token
    this.#at(opening, { type: 'response.content_part.added', ...place, part: empty })
    const type = `response.${kind}.delta`
    // A delta differs from the next one in what it says alone.
    const before = membersOf(place)
    for (const [i, piece] of pieces.entries()) {
      const delta = `"delta":${JSON.stringify(piece)}`
      const scores = isText ? `,"logprobs":${JSON.stringify(logprobs?.[i] ?? [])}` : ''
      this.#push({
        type,
        members: `${before},${delta}${scores}`,
        minimum: isText ? delta : undefined,
        token: i < early ? -1 : this.token++,
        says: true,
      })
    }
    const text = pieces.join('')
    this.#last(
      isText
        ? {
            type: 'response.output_text.done',
            ...place,
            text,
            logprobs: logprobs?.flat() ?? [],
          }
        : { type: 'response.refusal.done', ...place, refusal: text },
    )
    this.#last({ type: 'response.content_part.done', ...place, part: wholePart(planned) })
  }

  #call(item: Extract<PlannedItem, { readonly kind: 'call' }>, output_index: number): void {
    const { id, call, pieces } = item
    const [stem, member] =
      call.kind === 'custom'
        ? ['response.custom_tool_call_input', 'input']
        : ['response.function_call_arguments', 'arguments']
    const added = callItem(item, '', 'in_progress')
    this.#token({ type: 'response.output_item.added', output_index, item: added })
    const place = { item_id: id, output_index }
    for (const delta of pieces) this.#token({ type: `${stem}.delta`, ...place, delta })
    this.#last({ type: `${stem}.done`, ...place, [member]: call.arguments })
  }

  /** With the token that comes next. */
  #next(json: TypedJson): void {
    this.#at(this.token, json)
  }

  /** With the token that came last. */
  #last(json: TypedJson): void {
    this.#at(Math.max(0, this.token - 1), json)
  }

  /** As a token. */
  #token(json: TypedJson): void {
    this.#at(this.token++, json, true)
  }

  #at(token: number, { type, ...rest }: TypedJson, says = false): void {
    this.#push({ type, members: membersOf(rest), minimum: undefined, token, says })
  }

  #push(event: ItemEvent): void {
    this.events.push(event)
  }
}

type TypedJson = JsonObject & { readonly type: string }

function membersOf(json: JsonObject): string {
  return JSON.stringify(json).slice(1, -1)
}
