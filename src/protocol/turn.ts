import { type ChatMessage, type ChatRequest, messageText } from './chat-request.ts'

/** A result that a tool gave since the caller last spoke. */
export interface ToolResult {
  readonly name: string
  readonly id: string
  readonly content: string
}

/**
 * What was asked, whatever the dialect, and what it says; each part is read when it is first asked for.
 *
 * The request is in the words of chat completions, into which every dialect can be read.
 */
export class Turn {
  readonly request: ChatRequest
  /** Of contents in parts; shared with the turns before. */
  protected texts: WeakMap<ChatMessage, string> | undefined
  #said: string | null | undefined
  #system: string | undefined
  #toolResults: readonly ToolResult[] | undefined

  constructor(request: ChatRequest) {
    this.request = request
  }

  get messages(): readonly ChatMessage[] {
    return this.request.messages
  }

  get last(): ChatMessage {
    return this.messages.at(-1)!
  }

  /** The text of a message. */
  textOf(message: ChatMessage): string {
    if (typeof message.content === 'string') return message.content
    this.texts ??= new WeakMap()
    let text = this.texts.get(message)
    if (text === undefined) this.texts.set(message, (text = messageText(message)))
    return text
  }

  /** The caller's last words, which may be empty; `undefined` when only others have spoken. */
  get said(): string | undefined {
    if (this.#said === undefined) {
      const last = this.messages.findLast(isFromUser)
      this.#said = last ? this.textOf(last) : null
    }
    return this.#said ?? undefined
  }

  /** All instructions, a line between them. */
  get system(): string {
    return (this.#system ??= this.messages
      .filter(isInstruction)
      .map((message) => this.textOf(message))
      .join('\n'))
  }

  /** Takes the instructions for known, where no message changes them. */
  protected set system(known: string) {
    this.#system = known
  }

  /** Results of tools that came in since the caller last spoke. */
  get toolResults(): readonly ToolResult[] {
    return (this.#toolResults ??= this.readToolResults())
  }

  protected readToolResults(): readonly ToolResult[] {
    const { messages } = this
    const results = messages.slice(messages.findLastIndex(isFromUser) + 1).filter(isResult)
    if (results.length === 0) return []
    const calls = messages.flatMap((message) => message.tool_calls ?? [])
    const names = new Map(calls.map((call) => [call.id, (call.custom ?? call.function)?.name]))
    return results.map((message) => {
      const id = message.tool_call_id ?? ''
      return { id, name: message.name ?? names.get(id) ?? '', content: this.textOf(message) }
    })
  }

  /** How often the assistant has answered. */
  get turn(): number {
    return this.messages.filter(({ role }) => role === 'assistant').length
  }
}

/** What a tool found; before there were tools, a function. */
export function isResult({ role }: ChatMessage): boolean {
  return role === 'tool' || role === 'function'
}

export function isInstruction({ role }: ChatMessage): boolean {
  return role === 'system' || role === 'developer'
}

function isFromUser({ role }: ChatMessage): boolean {
  return role === 'user'
}
