import {
  CALLS,
  CUT_TOKEN,
  FENCED_CALL,
  JSON_CALL,
  MARK,
  REASONING,
  STRAY_END,
  TOKEN,
  UNDECIDED,
  UNDECIDED_JSON,
} from './marks.ts'
import { beginsAsCall, readWrittenCalls, type WrittenCall } from './written-call.ts'

/** What a text turned out to say. */
export interface Heard {
  /** What the caller is to hear. */
  readonly text: string
  readonly reasoning: string
  /** Calls that were written out as text. */
  readonly calls: readonly WrittenCall[]
}

/** What is longer is no mark. */
const LONGEST_MARK = 120
/** A call that is longer is none. */
const LONGEST_CALL = 200_000

type Mode =
  | { readonly kind: 'text' }
  | { readonly kind: 'reasoning'; readonly end: RegExp | null }
  | { readonly kind: 'call'; readonly end: RegExp | null }
  | { readonly kind: 'json'; readonly lengthOf: (text: string) => number | undefined }

const TEXT: Mode = { kind: 'text' }

interface SpeakableOptions {
  /** The names of the tools that are offered: JSON is a call only where one bears its name. */
  readonly tools: ReadonlySet<string>
  /** Whether the text begins within reasoning that the prompt has opened. */
  readonly isReasoning?: boolean
}

/**
 * Tells what of a text a caller is to hear, however it is cut: neither reasoning, nor control tokens,
 * nor calls that are written out. Nothing is held back longer than it takes to tell.
 */
export class Speakable {
  /** Whether reasoning ended that had not begun. */
  hasStrayEnd = false
  /** Whether something was taken for a call, and could not be read. */
  hasBrokenCall = false
  readonly #tools: ReadonlySet<string>
  #mode: Mode
  #isOver = false
  #pending = ''
  #text = ''
  #reasoning = ''
  #calls: WrittenCall[] = []

  constructor({ tools, isReasoning = false }: SpeakableOptions) {
    this.#tools = tools
    this.#mode = isReasoning ? { kind: 'reasoning', end: /<\/think(?:ing)?>/i } : TEXT
  }

  get isReasoning(): boolean {
    return this.#mode.kind === 'reasoning'
  }

  /** Whether a piece can be sent on as it is. */
  isPlain(text: string): boolean {
    return this.#mode === TEXT && this.#pending === '' && !MARK.test(text)
  }

  feed(text: string): Heard {
    if (this.isPlain(text)) return { text, reasoning: '', calls: [] }
    this.#pending += text
    while (this.#step());
    return this.#take()
  }

  /** Nothing follows. */
  end(): Heard {
    this.#isOver = true
    while (this.#step());
    const rest = this.#pending
    this.#pending = ''
    if (this.#mode.kind === 'reasoning') this.#reasoning += rest
    else if (this.#mode.kind !== 'text') this.#endCall(rest)
    return this.#take()
  }

  #take(): Heard {
    const heard = { text: this.#text, reasoning: this.#reasoning, calls: this.#calls }
    this.#text = ''
    this.#reasoning = ''
    this.#calls = []
    return heard
  }

  /** Decides about the beginning of what is pending; tells whether there may be more to decide. */
  #step(): boolean {
    if (this.#pending === '') return false
    switch (this.#mode.kind) {
      case 'text':
        return this.#stepText()
      case 'reasoning':
        return this.#stepReasoning(this.#mode.end)
      case 'call':
        return this.#stepCall(this.#mode.end)
      case 'json':
        return this.#stepJson(this.#mode.lengthOf)
    }
  }

  #stepText(): boolean {
    const at = this.#pending.search(MARK)
    if (at !== 0) {
      const end = at < 0 ? this.#pending.length : at
      this.#text += this.#pending.slice(0, end)
      this.#pending = this.#pending.slice(end)
      return at > 0
    }
    const begins = (mark: RegExp) => {
      mark.lastIndex = 0
      return mark.exec(this.#pending)?.[0].length
    }
    const first = this.#pending[0]!
    for (const [begin, end] of REASONING.get(first) ?? []) {
      const length = begins(begin)
      if (length !== undefined) return this.#enter({ kind: 'reasoning', end }, length)
    }
    for (const [begin, end] of CALLS.get(first) ?? []) {
      const length = begins(begin)
      if (length === undefined) continue
      // What names the tool may be part of the mark.
      const isName = begin.source.endsWith('=') || begin.source.endsWith(' ')
      return this.#enter({ kind: 'call', end }, isName ? 0 : length)
    }
    if (this.#tools.size > 0) {
      if (begins(JSON_CALL) !== undefined)
        return this.#enter({ kind: 'json', lengthOf: lengthOfJson }, 0)
      if (begins(FENCED_CALL) !== undefined)
        return this.#enter({ kind: 'json', lengthOf: lengthOfFenced }, 0)
    }
    if (this.#isUndecided()) return false
    const stray = begins(STRAY_END)
    if (stray !== undefined) {
      this.hasStrayEnd = true
      this.#pending = this.#pending.slice(stray)
      return true
    }
    // At the end, one that was cut is still none to be heard.
    const token = begins(TOKEN) ?? (this.#isOver ? begins(CUT_TOKEN) : undefined)
    if (token === undefined) this.#text += this.#pending[0]
    this.#pending = this.#pending.slice(token ?? 1)
    return true
  }

  #isUndecided(): boolean {
    if (this.#isOver || this.#pending.length > LONGEST_MARK) return false
    return (
      UNDECIDED.test(this.#pending) || (this.#tools.size > 0 && UNDECIDED_JSON.test(this.#pending))
    )
  }

  #enter(mode: Mode, length: number): boolean {
    this.#mode = mode
    this.#pending = this.#pending.slice(length)
    return true
  }

  #stepReasoning(end: RegExp | null): boolean {
    const found = end?.exec(this.#pending)
    if (found) {
      this.#reasoning += this.#pending.slice(0, found.index)
      return this.#enter(TEXT, found.index + found[0].length)
    }
    // What may be the beginning of its end stays.
    const keep = /[<[◁][^<[◁]{0,20}$/.exec(this.#pending)?.index ?? this.#pending.length
    this.#reasoning += this.#pending.slice(0, keep)
    this.#pending = this.#pending.slice(keep)
    return false
  }

  #stepCall(end: RegExp | null): boolean {
    const found = end?.exec(this.#pending)
    if (found) {
      this.#endCall(this.#pending.slice(0, found.index))
      return this.#enter(TEXT, found.index + found[0].length)
    }
    if (this.#pending.length > LONGEST_CALL) this.#giveUp()
    return false
  }

  #stepJson(lengthOf: (text: string) => number | undefined): boolean {
    const length = lengthOf(this.#pending)
    if (length === undefined) {
      if (this.#pending.length > LONGEST_CALL) this.#giveUp()
      return false
    }
    this.#endCall(this.#pending.slice(0, length))
    return this.#enter(TEXT, length)
  }

  #endCall(written: string): void {
    const calls = readWrittenCalls(written, this.#tools)
    if (calls.length > 0) this.#calls.push(...calls)
    // JSON may be what was asked for.
    else if (
      this.#mode.kind === 'json' &&
      !beginsAsCall(written.replace(/^```\w*/, ''), this.#tools)
    )
      this.#text += written
    else this.hasBrokenCall ||= written.trim() !== ''
  }

  #giveUp(): void {
    this.hasBrokenCall = true
    this.#pending = ''
  }
}

/** How long the text between fences is with which a text begins, with them. */
function lengthOfFenced(text: string): number | undefined {
  const end = text.indexOf('```', 3)
  return end < 0 ? undefined : end + 3
}

/** How long the object or array is with which a text begins; `undefined` where it does not end. */
function lengthOfJson(text: string): number | undefined {
  let depth = 0
  let quote = ''
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!
    if (quote !== '') {
      if (char === '\\') i++
      else if (char === quote) quote = ''
    } else if (char === '"') quote = char
    else if (char === '{' || char === '[') depth++
    else if ((char === '}' || char === ']') && --depth === 0) return i + 1
  }
  return undefined
}
