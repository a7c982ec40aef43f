import {
  type ChatMessage,
  type ChatRequest,
  isInstruction,
  type ToolResult,
  Turn,
} from '../../../protocol/index.ts'
import type { Header } from '../../../wire/index.ts'
import { Budget } from '../../effort/budget.ts'
import type { Pattern } from './patterns.ts'

/** Looking for a string in a text up to this long costs less than remembering what was found. */
const MAX_SHORT = 1_000
const MANY = 200
const LONG = 50_000
/** What looking for a string costs a character, and noting down a call, beside an expression. */
const EFFORT_OF_STRING = 1 / 64
const EFFORT_OF_CALL = 10

/** A turn with what scenarios look at beside it, and what that may cost. */
export class Situation extends Turn {
  readonly headers: readonly Header[]
  /** What the request may still cost. */
  readonly budget: Budget
  readonly #attempt: () => number
  #earlier: Situation[] | undefined
  /** What was found out once, for this situation and for earlier ones. */
  #matched: Map<Pattern, Map<string, boolean>> | undefined
  /** By pattern, the first message of the request that it matches. */
  #first: Map<Pattern, number> | undefined
  /** All messages of the request. */
  #all: readonly ChatMessage[]

  constructor(
    request: ChatRequest,
    headers: readonly Header[],
    attempt: () => number,
    budget = new Budget(),
  ) {
    super(request)
    this.headers = headers
    this.budget = budget
    this.#attempt = attempt
    this.#all = request.messages
  }

  /** The same attempt, had it asked otherwise. */
  withRequest(request: ChatRequest): Situation {
    return new Situation(request, this.headers, this.#attempt, this.budget)
  }

  /** Whether it may take long to find out what holds of it. */
  get isLong(): boolean {
    const { messages } = this
    return (
      messages.length > MANY ||
      messages.reduce((sum, message) => sum + this.textOf(message).length, 0) > LONG
    )
  }

  /**
   * Whether a pattern matches a text.
   *
   * @throws BudgetError when the request has cost too much.
   */
  matches(pattern: Pattern, text: string): boolean {
    if (!pattern.isExpression && text.length <= MAX_SHORT) return pattern.matches(text)
    this.#matched ??= new Map()
    let known = this.#matched.get(pattern)
    if (!known) this.#matched.set(pattern, (known = new Map<string, boolean>()))
    let matches = known.get(text)
    if (matches === undefined) {
      this.budget.spend(
        'matched',
        text.length * (pattern.isExpression ? 1 : EFFORT_OF_STRING),
        'messages',
      )
      known.set(text, (matches = pattern.matches(text, this.spend)))
    }
    return matches
  }

  /** Takes the steps of an expression from the budget. */
  readonly spend = (steps: number): void => {
    this.budget.spend('steps', steps, 'messages')
  }

  /**
   * Whether a pattern matches any message.
   *
   * @throws BudgetError when the request has cost too much.
   */
  holds(pattern: Pattern): boolean {
    this.#first ??= new Map()
    let first = this.#first.get(pattern)
    if (first === undefined) {
      const found = this.#all.findIndex((message) => this.matches(pattern, this.textOf(message)))
      this.#first.set(pattern, (first = found < 0 ? Infinity : found))
    }
    return first < this.messages.length
  }

  /** The text of the last user message, which may be empty; so it is when there is no message. */
  get user(): string {
    return this.said ?? ''
  }

  /** Which time this request is sent. */
  get attempt(): number {
    return this.#attempt()
  }

  /** The situations in which the assistant answered before. */
  get earlier(): readonly Situation[] {
    this.#earlier ??= this.#readEarlier()
    return this.#earlier
  }

  #readEarlier(): Situation[] {
    this.#matched ??= new Map()
    this.texts ??= new WeakMap()
    this.#first ??= new Map()
    let before: Situation = this.#after(0)
    return this.messages.flatMap((message, i) => {
      if (message.role !== 'assistant' || i === 0) return []
      const situation = this.#after(i)
      // Instructions come first, as a rule, and are the longest part of a request.
      const told = this.messages.slice(before.messages.length, i).some(isInstruction)
      if (told) this.budget.spend('matched', situation.system.length, 'messages')
      else situation.system = before.system
      before = situation
      return [situation]
    })
  }

  /** The situation after so many messages. */
  #after(count: number): Situation {
    const request = { ...this.request, messages: this.messages.slice(0, count) }
    const situation = new Situation(request, this.headers, () => 1, this.budget)
    situation.#matched = this.#matched
    situation.texts = this.texts
    situation.#first = this.#first
    situation.#all = this.#all
    return situation
  }

  /** To join results with the names of their calls takes as long as there are calls. */
  protected override readToolResults(): readonly ToolResult[] {
    const results = super.readToolResults()
    if (results.length > 0) {
      const calls = this.messages.reduce((sum, each) => sum + (each.tool_calls?.length ?? 0), 0)
      this.budget.spend('matched', calls * EFFORT_OF_CALL, 'messages')
    }
    return results
  }
}
