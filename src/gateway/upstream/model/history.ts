import type { LanguageModelV4FilePart, LanguageModelV4TextPart } from '@ai-sdk/provider'
import type { JsonObject } from '../../../protocol/index.ts'

/** What a caller says or shows. */
export type UserPart = LanguageModelV4TextPart | ShownPart

interface ShownPart extends LanguageModelV4FilePart {
  readonly data: Extract<LanguageModelV4FilePart['data'], { type: 'data' | 'url' }>
}

/** A call of a tool, with its result, where there is one. */
export interface HistoryCall {
  /** Under which its result comes. */
  readonly askedAs: string
  readonly name: string
  readonly input: JsonObject
  result?: string
}

export interface UserTurn {
  readonly role: 'user'
  readonly parts: UserPart[]
}

export interface AssistantTurn {
  readonly role: 'assistant'
  text: string
  readonly calls: HistoryCall[]
}

/**
 * A conversation as every provider takes it: instructions apart, turns that take turns, and the result of
 * each call with the call.
 */
export class History {
  readonly instructions: string[] = []
  readonly turns: (UserTurn | AssistantTurn)[] = []

  instruct(text: string): void {
    if (!isBlank(text)) this.instructions.push(text)
  }

  hear(parts: readonly UserPart[]): void {
    const heard = parts.filter((part) => part.type !== 'text' || !isBlank(part.text))
    const [first, ...others] = heard
    if (first === undefined) return
    const turn = this.turns.at(-1)
    if (turn?.role !== 'user') {
      this.turns.push({ role: 'user', parts: heard })
      return
    }
    const last = turn.parts.at(-1)
    if (last?.type === 'text' && first.type === 'text') {
      turn.parts[turn.parts.length - 1] = { type: 'text', text: `${last.text}\n${first.text}` }
      turn.parts.push(...others)
    } else {
      turn.parts.push(...heard)
    }
  }

  say(text: string, calls: readonly HistoryCall[]): void {
    const said = isBlank(text) ? '' : text
    if (said === '' && calls.length === 0) return
    const turn = this.turns.at(-1)
    // The results of calls follow these at once; what is said afterwards is another turn.
    if (turn?.role !== 'assistant' || turn.calls.length > 0) {
      this.turns.push({ role: 'assistant', text: said, calls: [...calls] })
      return
    }
    turn.text = [turn.text, said].filter((each) => each !== '').join('\n')
    turn.calls.push(...calls)
  }

  /** The newest call that still waits for its result. */
  waiting(isMeant: (call: HistoryCall) => boolean): HistoryCall | undefined {
    for (const turn of this.turns.toReversed()) {
      if (turn.role === 'user') continue
      const call = turn.calls.find((each) => each.result === undefined && isMeant(each))
      if (call !== undefined) return call
    }
    return undefined
  }
}

function isBlank(text: string): boolean {
  return text.trim() === ''
}
