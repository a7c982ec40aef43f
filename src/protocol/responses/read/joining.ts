import { countOf } from '../../json/count-of.ts'
import { isIndex } from '../../json/is-index.ts'
import { isJsonObject, type Json, type JsonObject } from '../../json/json.ts'
import type { Choice, Copy, Piece, Spot, TextPiece } from '../../reading.ts'
import { isTerminalType, type TerminalType } from '../terminal-types.ts'
import {
  type OpenCall,
  openCall,
  type OpenItem,
  openItem,
  type OpenPart,
  partOf,
} from './open-item.ts'
import type { PartKind } from './output-item.ts'
import type { EventPayload } from './read-event.ts'
import type { ResponseEvent } from './responses-reading.ts'

/** What the delta of an event, and the whole text that closes it, belong to. */
const TEXTS: Readonly<Record<string, PartKind>> = {
  'response.output_text': 'text',
  'response.refusal': 'refusal',
  'response.reasoning': 'reasoning',
  'response.reasoning_text': 'reasoning',
  'response.reasoning_summary_text': 'reasoning',
}
const PARTS: ReadonlyMap<unknown, PartKind> = new Map([
  ['output_text', 'text'],
  ['refusal', 'refusal'],
  ['reasoning_text', 'reasoning'],
  ['summary_text', 'reasoning'],
])
const ARGUMENTS = /^response\.(?:function_call_arguments|custom_tool_call_input)\.(delta|done)$/
const PART = /^response\.(?:content|reasoning_summary|reasoning)_part\.(added|done)$/
const TEXT = /^(response\.\w+)\.(delta|done)$/

/** What is called with text, and what is called with JSON, and where either has that. */
const CALLED_WITH: ReadonlyMap<unknown, 'arguments' | 'input'> = new Map([
  ['function_call', 'arguments'],
  ['custom_tool_call', 'input'],
])

/** A response under construction: items by their index, since they may interleave and ids may change. */
export class Joining {
  readonly pieces: Piece[] = []
  readonly copies: Copy[] = []
  readonly items: OpenItem[] = []
  readonly responses: ResponseEvent[] = []
  readonly terminals: ResponseEvent[] = []
  readonly choice = {
    index: 0,
    text: '',
    reasoning: '',
    refusal: '',
    finishReason: undefined as string | undefined,
    latest: { event: 0, path: '' } as Spot,
  } satisfies Omit<Choice, 'calls'>
  usage: JsonObject | undefined
  parts = 0
  readonly #byIndex = new Map<number, OpenItem>()
  readonly #byId = new Map<string, OpenItem>()

  add(event: number, payload: EventPayload): void {
    switch (payload.kind) {
      case 'event':
        this.parts++
        this.choice.latest = { event, path: '' }
        this.#addEvent(event, payload.type, payload.json)
        break
      case 'untyped':
        this.#addUntyped(event, payload.json)
        break
      case 'not-json':
      case 'not-an-object':
        this.pieces.push({ kind: 'unreadable', event, path: '', why: payload.kind })
        break
      case 'comment':
      case 'almost-done':
        this.pieces.push({ kind: 'unreadable', event, path: '', why: 'stray' })
        break
      case 'empty':
      case 'done':
    }
  }

  #addUntyped(event: number, { error }: JsonObject): void {
    if ((error ?? null) !== null) {
      this.pieces.push({ kind: 'error', event, path: '/error', isAlone: true })
      return
    }
    // No client reads it.
    this.parts++
    this.pieces.push({
      kind: 'filler',
      choice: undefined,
      event,
      path: '',
      what: 'event without a type',
    })
  }

  #addEvent(event: number, type: string, json: JsonObject): void {
    if (type === 'error') {
      this.pieces.push({ kind: 'error', event, path: '', isAlone: true })
      return
    }
    const before = this.pieces.length
    const { response } = json
    if (isJsonObject(response) || isTerminalType(type)) this.#addResponse(event, type, response)
    else if (type === 'response.output_item.added') this.#addItem(event, json)
    else if (type === 'response.output_item.done') this.#closeItem(event, json)
    else this.#addPart(event, type, json)
    if (this.pieces.length === before) {
      this.pieces.push({ kind: 'filler', choice: undefined, event, path: '', what: `"${type}"` })
    }
  }

  #addPart(event: number, type: string, json: JsonObject): void {
    const [, ofArguments] = ARGUMENTS.exec(type) ?? []
    if (ofArguments === 'delta') return this.#addArguments(event, json)
    if (ofArguments === 'done') return this.#closeArguments(event, json)
    const [, ofPart] = PART.exec(type) ?? []
    if (ofPart !== undefined) return this.#notePart(event, ofPart, json)
    const [, stem = '', ofText] = TEXT.exec(type) ?? []
    const kind = TEXTS[stem]
    if (kind === undefined) return
    if (ofText === 'delta') this.#addText(event, kind, json)
    else this.#closeText(event, kind, json)
  }

  /** The item that an event is about; of several with one index, the one that it names, else the last. */
  #itemOf(event: number, json: JsonObject): OpenItem {
    const { output_index: index, item_id: id } = json
    const spot = { event, path: '' }
    const byId = typeof id === 'string' ? this.#byId.get(id) : undefined
    let item: OpenItem | undefined
    if (isIndex(index)) {
      item = byId?.outputIndex === index ? byId : this.#byIndex.get(index)
    } else {
      item = byId ?? this.items.at(-1)
    }
    item ??= this.#open(isIndex(index) ? index : undefined, spot)
    if (item.id === undefined && typeof id === 'string') this.#name(item, id)
    item.latest = spot
    return item
  }

  #open(index: number | undefined, spot: Spot): OpenItem {
    const item = openItem(index, spot)
    this.items.push(item)
    if (index !== undefined) this.#byIndex.set(index, item)
    return item
  }

  #name(item: OpenItem, id: string): void {
    item.id = id
    this.#byId.set(id, item)
  }

  #addItem(event: number, { output_index: index, item }: JsonObject): void {
    if (!isJsonObject(item)) return
    const spot = { event, path: '/item' }
    const known = isIndex(index) ? this.#byIndex.get(index) : undefined
    // What came before its announcement is its own, where nothing else was announced there.
    const open =
      known && !known.added && !known.done
        ? known
        : this.#open(isIndex(index) ? index : undefined, spot)
    open.added = { event, item }
    if (typeof item['id'] === 'string') this.#name(open, item['id'])
    this.#read(open, item, spot)
    const { role } = item
    if (typeof role === 'string') {
      this.pieces.push({ kind: 'role', choice: 0, event, path: '/item/role', role })
      this.pieces.push({ kind: 'filler', choice: 0, event, path: '/item', what: 'empty message' })
    }
    // Its arguments follow.
    if (open.call) this.#sayCall(open.call, { event, path: '' })
  }

  #closeItem(event: number, json: JsonObject): void {
    const { item } = json
    if (!isJsonObject(item)) return
    const id = item['id'] ?? null
    const open = this.#itemOf(event, id === null ? json : { ...json, item_id: id })
    open.done = { event, item }
    const spot = { event, path: '/item' }
    this.#read(open, item, spot)
    if (open.call) this.#sayCall(open.call, { event, path: `/item/${memberOf(item)}` })
    this.#noteCopies(open, item, spot)
  }

  /** Takes from a whole item what it is, and what it calls. */
  #read(open: OpenItem, item: JsonObject, spot: Spot): void {
    const { type, call_id: id, name } = item
    if (typeof type === 'string') open.type ??= type
    const member = CALLED_WITH.get(type)
    if (member === undefined) return
    const call = (open.call ??= openCall(spot))
    call.takesText = member === 'input'
    if (typeof id === 'string' && id !== '') call.id ??= id
    if (typeof name === 'string' && name !== '') call.name ??= name
    const { [member]: told } = item
    if (typeof told === 'string' && told !== '') call.arguments = told
  }

  #sayCall(call: OpenCall, spot: Spot): void {
    call.latest = spot
    this.pieces.push({ kind: 'call', choice: 0, ...spot, call })
  }

  #callOf(event: number, json: JsonObject): OpenCall {
    const item = this.#itemOf(event, json)
    item.type ??= 'function_call'
    return (item.call ??= openCall({ event, path: '' }))
  }

  #addArguments(event: number, json: JsonObject): void {
    const call = this.#callOf(event, json)
    const { delta } = json
    if (typeof delta !== 'string') return
    call.deltas++
    call.streamed += delta
    call.arguments = call.streamed
    this.#sayCall(call, { event, path: '/delta' })
  }

  #closeArguments(event: number, json: JsonObject): void {
    const call = this.#callOf(event, json)
    call.argumentsDone = event
    const member = 'input' in json ? 'input' : 'arguments'
    const { [member]: told, name } = json
    if (typeof name === 'string') call.name ??= name
    if (typeof told !== 'string') return
    call.arguments = told
    const spot = { event, path: `/${member}` }
    this.#sayCall(call, spot)
    this.#noteCopy(spot, told, call)
  }

  #addText(event: number, kind: PartKind, json: JsonObject): void {
    const { delta } = json
    const item = this.#itemOf(event, json)
    const spot = { event, path: '/delta' }
    const part = partOf(item, kind, json, spot)
    if (typeof delta !== 'string' || delta === '') return
    part.text += delta
    this.choice[kind] += delta
    if (kind !== 'text') {
      this.pieces.push({ kind, choice: 0, ...spot, text: delta })
      return
    }
    item.type ??= 'message'
    const piece: TextPiece = { kind, choice: 0, ...spot, text: delta }
    part.pieces.push(piece)
    this.pieces.push(piece)
  }

  #closeText(event: number, kind: PartKind, json: JsonObject): void {
    const part = partOf(this.#itemOf(event, json), kind, json, { event, path: '' })
    part.textDone = event
    const member = kind === 'refusal' ? 'refusal' : 'text'
    if (kind === 'text') this.#noteCopy({ event, path: `/${member}` }, json[member], part.pieces)
  }

  #notePart(event: number, how: string, json: JsonObject): void {
    const { part: told } = json
    const kind = isJsonObject(told) ? PARTS.get(told['type']) : undefined
    if (kind === undefined || !isJsonObject(told)) return
    const part = partOf(this.#itemOf(event, json), kind, json, { event, path: '/part' })
    if (how === 'added') part.added ??= event
    else part.partDone = event
    if (how === 'done' && kind === 'text') {
      this.#noteCopy({ event, path: '/part/text' }, told['text'], part.pieces)
    }
  }

  /** What a whole item says again. */
  #noteCopies(open: OpenItem, item: JsonObject, { event, path }: Spot): void {
    const { call } = open
    const member = CALLED_WITH.get(item['type'])
    if (call && member) this.#noteCopy({ event, path: `${path}/${member}` }, item[member], call)
    const { content } = item
    if (!Array.isArray(content)) return
    for (const [i, part] of content.entries()) {
      if (!isJsonObject(part) || part['type'] !== 'output_text') continue
      const said = textPartAt(open, i)
      this.#noteCopy({ event, path: `${path}/content/${i}/text` }, part['text'], said?.pieces ?? [])
    }
  }

  #noteCopy(spot: Spot, value: Json | undefined, of: Copy['of']): void {
    if (typeof value === 'string') this.copies.push({ ...spot, value, of })
  }

  #addResponse(event: number, type: string, response: Json | undefined): void {
    const known = isJsonObject(response) ? response : undefined
    const told: ResponseEvent = { event, type, response: known }
    this.responses.push(told)
    if (isJsonObject(known?.['usage'])) {
      this.usage = known['usage']
      this.pieces.push({ kind: 'usage', event, path: '/response/usage', ...tokensIn(this.usage) })
    }
    if (!isTerminalType(type)) return
    this.terminals.push(told)
    this.#noteOutput(event, known?.['output'])
    if (type === 'response.failed') {
      this.pieces.push({ kind: 'error', event, path: '/response/error', isAlone: true })
    }
    this.#finish(event, type, known)
  }

  /** What the whole response says again. */
  #noteOutput(event: number, output: Json | undefined): void {
    if (!Array.isArray(output)) return
    for (const [i, item] of output.entries()) {
      const open = isJsonObject(item) ? this.#listedAt(i, item) : undefined
      if (open) this.#noteCopies(open, item as JsonObject, { event, path: `/response/output/${i}` })
    }
  }

  /** The item that is listed at some place: by its id where that is known, since indexes may begin at 1. */
  #listedAt(place: number, { id }: JsonObject): OpenItem | undefined {
    const there = this.#byIndex.get(place)
    const named = typeof id === 'string' && there?.id !== id ? this.#byId.get(id) : undefined
    return named ?? there ?? (this.#byIndex.size === 0 ? this.items[place] : undefined)
  }

  #finish(event: number, type: TerminalType, response: JsonObject | undefined): void {
    const { incomplete_details: details } = response ?? {}
    const why = isJsonObject(details) ? details['reason'] : undefined
    const reason = this.#reasonOf(type, typeof why === 'string' ? why : undefined)
    this.choice.finishReason ??= reason
    this.pieces.push({
      kind: 'finish',
      choice: 0,
      event,
      path:
        type === 'response.incomplete' ? '/response/incomplete_details/reason' : '/response/status',
      reason,
      isLimit: reason === 'length',
      isFailure: type === 'response.failed',
    })
  }

  #reasonOf(type: TerminalType, why: string | undefined): string | undefined {
    switch (type) {
      case 'response.completed':
        return this.items.some(({ call }) => call) ? 'tool_calls' : 'stop'
      case 'response.incomplete':
        return why === 'max_output_tokens' ? 'length' : why
      case 'response.failed':
        return 'error'
    }
  }
}

function memberOf({ type }: JsonObject): string {
  return CALLED_WITH.get(type) ?? 'arguments'
}

/** The part of text that a whole item has at some place, by its index, else by its place among such parts. */
function textPartAt({ parts }: OpenItem, place: number): OpenPart | undefined {
  const texts = parts.filter(({ kind }) => kind === 'text')
  return texts.find(({ index }) => index === place) ?? texts[place]
}

function tokensIn(usage: JsonObject): { completion: number; reasoning: number } {
  const details = usage['output_tokens_details']
  return {
    completion: countOf(usage['output_tokens']),
    reasoning: isJsonObject(details) ? countOf(details['reasoning_tokens']) : 0,
  }
}
