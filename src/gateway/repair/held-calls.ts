import { isJsonObject, type Json, type JsonObject } from '../../protocol/index.ts'
import { BOUNDS } from '../../wire/index.ts'
import { UpstreamError } from '../upstream/upstream-error.ts'
import { wholeArguments } from './whole-arguments.ts'
import type { WrittenCall } from './written-call.ts'

/** A tool call that is whole. */
export interface WholeCall {
  readonly id: string
  readonly kind: 'function' | 'custom' | 'legacy'
  readonly name: string
  /** JSON of an object; of a custom tool, any text. */
  readonly arguments: string
}

interface Draft {
  readonly index: number | undefined
  id: string | undefined
  name: string | undefined
  kind: WholeCall['kind']
  readonly fragments: Json[]
}

export interface HeldCallsOptions {
  /** The names of the tools that are offered. */
  readonly tools: ReadonlySet<string>
  /** Ids that the conversation has used. */
  readonly usedIds: ReadonlySet<string>
  /** Whether they are offered as functions, as before there were tools. */
  readonly hasFunctions: boolean
}

/**
 * The calls of one choice, held until they are whole: nothing acts on half a call, and one that cannot
 * be mended can still be asked for again.
 */
export class HeldCalls {
  readonly #tools: ReadonlySet<string>
  readonly #usedIds: Set<string>
  readonly #hasFunctions: boolean
  readonly #drafts: Draft[] = []
  #legacy: Draft | undefined

  constructor({ tools, usedIds, hasFunctions }: HeldCallsOptions) {
    this.#hasFunctions = hasFunctions
    this.#tools = tools
    this.#usedIds = new Set(usedIds)
  }

  get count(): number {
    return this.#drafts.length
  }

  /** Takes a fragment of `delta.tool_calls`, however wrong it is. */
  add(fragment: Json): void {
    if (!isJsonObject(fragment)) return
    const kind = isJsonObject(fragment['custom']) ? 'custom' : 'function'
    const inner = fragment[kind]
    const said: JsonObject = isJsonObject(inner) ? inner : {}
    const id = textOf(fragment['id'])
    const name = textOf(said['name'])
    const index = typeof fragment['index'] === 'number' ? fragment['index'] : undefined
    const draft = this.#draftFor(index, id, name) ?? this.#open(index, kind)
    draft.id ??= id
    draft.name ??= name
    if (kind === 'custom') draft.kind = kind
    const args = said[kind === 'custom' ? 'input' : 'arguments']
    if (args !== undefined) draft.fragments.push(args)
  }

  /** Takes a fragment of `delta.function_call`, as calls were made before there were tools. */
  addLegacy(fragment: Json): void {
    if (!isJsonObject(fragment)) return
    const draft = (this.#legacy ??= this.#open(
      undefined,
      this.#hasFunctions ? 'legacy' : 'function',
    ))
    draft.name ??= textOf(fragment['name'])
    if (fragment['arguments'] !== undefined) draft.fragments.push(fragment['arguments'])
  }

  /** Takes a call that was made in one piece. */
  addWhole({ name, arguments: args }: WrittenCall): void {
    const draft = this.#open(undefined, 'function')
    draft.name = name
    draft.fragments.push(args)
  }

  /** The calls; a reason in place of them, where one cannot be mended. */
  finish(): readonly WholeCall[] | string {
    const calls: WholeCall[] = []
    for (const draft of this.#drafts) {
      const name = this.#nameOf(draft)
      if (name === undefined) {
        return draft.name === undefined
          ? 'a tool call has no name'
          : `it calls the tool "${draft.name}", which is not offered`
      }
      const args =
        draft.kind === 'custom'
          ? draft.fragments.filter((each) => typeof each === 'string').join('')
          : wholeArguments(draft.fragments)
      if (args === undefined) return `the arguments of ${name} are no JSON object`
      calls.push({ id: this.#idFor(draft), kind: draft.kind, name, arguments: args })
    }
    return calls
  }

  /** The call that a fragment goes on with: the one of its index, else of its id, else the last. */
  #draftFor(
    index: number | undefined,
    id: string | undefined,
    name: string | undefined,
  ): Draft | undefined {
    if (index === undefined) {
      const known = id === undefined ? undefined : this.#drafts.findLast((draft) => draft.id === id)
      return known ?? (name === undefined ? this.#drafts.at(-1) : undefined)
    }
    const known = this.#drafts.findLast((draft) => draft.index === index)
    // Some number all calls 0: another id with a name begins another call.
    const isAnother = name !== undefined && id !== undefined && known?.id !== undefined
    return isAnother && known.id !== id && isBegun(known) ? undefined : known
  }

  #open(index: number | undefined, kind: Draft['kind']): Draft {
    const most = BOUNDS.answer.calls
    if (this.#drafts.length === most)
      throw new UpstreamError('garbled', `it calls more than ${most} tools`)
    const draft: Draft = { index, id: undefined, name: undefined, kind, fragments: [] }
    this.#drafts.push(draft)
    return draft
  }

  #nameOf({ name }: Draft): string | undefined {
    if (name === undefined) return undefined
    if (this.#tools.size === 0 || this.#tools.has(name)) return name
    const bare = /[\w-]+$/.exec(name)?.[0]
    return bare !== undefined && this.#tools.has(bare) ? bare : undefined
  }

  #idFor({ id }: Draft): string {
    const own = id !== undefined && !this.#usedIds.has(id) ? id : newCallId()
    this.#usedIds.add(own)
    return own
  }
}

function isBegun({ name }: Draft): boolean {
  return name !== undefined
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function newCallId(): string {
  return `call_${crypto.randomUUID().replaceAll('-', '').slice(0, 24)}`
}
