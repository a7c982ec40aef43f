import { type ChatMessage, type ChatRequest, messageText } from '../../protocol/index.ts'
import type { Header } from '../../wire/index.ts'

/** A result that a tool gave since the user last spoke. */
export interface ToolResult {
  readonly name: string
  readonly id: string
  readonly content: string
}

/** What scenarios look at in a request; read when it is first asked for. */
export class Situation {
  readonly request: ChatRequest
  readonly headers: readonly Header[]
  readonly #attempt: () => number
  #user: string | undefined
  #toolResults: readonly ToolResult[] | undefined

  constructor(request: ChatRequest, headers: readonly Header[], attempt: () => number) {
    this.request = request
    this.headers = headers
    this.#attempt = attempt
  }

  /** The same attempt, had it asked otherwise. */
  withRequest(request: ChatRequest): Situation {
    return new Situation(request, this.headers, this.#attempt)
  }

  get messages(): readonly ChatMessage[] {
    return this.request.messages
  }

  /** The last user message that has text; empty when there is none. */
  get user(): string {
    if (this.#user === undefined) {
      const last = this.messages.findLast((message) => isFromUser(message) && messageText(message))
      this.#user = last ? messageText(last) : ''
    }
    return this.#user
  }

  get system(): string {
    return this.messages
      .filter(({ role }) => role === 'system' || role === 'developer')
      .map(messageText)
      .join('\n')
  }

  get toolResults(): readonly ToolResult[] {
    this.#toolResults ??= readToolResults(this.messages)
    return this.#toolResults
  }

  /** How many messages of the assistant there are. */
  get turn(): number {
    return this.messages.filter(({ role }) => role === 'assistant').length
  }

  /** Which time this request is sent. */
  get attempt(): number {
    return this.#attempt()
  }

  /** The situations in which the assistant answered before. */
  get earlier(): Situation[] {
    return this.messages.flatMap((message, i) =>
      message.role === 'assistant' && i > 0
        ? new Situation(
            { ...this.request, messages: this.messages.slice(0, i) },
            this.headers,
            () => 1,
          )
        : [],
    )
  }
}

function isFromUser({ role }: ChatMessage): boolean {
  return role === 'user'
}

function readToolResults(messages: readonly ChatMessage[]): ToolResult[] {
  const calls = messages.flatMap((message) => message.tool_calls ?? [])
  return messages.slice(messages.findLastIndex(isFromUser) + 1).flatMap((message) => {
    if (message.role !== 'tool') return []
    const id = message.tool_call_id ?? ''
    const name = message.name ?? calls.findLast((call) => call.id === id)?.function.name ?? ''
    return { id, name, content: messageText(message) }
  })
}
