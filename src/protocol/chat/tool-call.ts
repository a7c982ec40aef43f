import type { Call } from '../reading.ts'
import type { ToolFragment } from './choice-pieces.ts'

/** A tool call, joined from its fragments. */
export interface ToolCall extends Call {
  /** `undefined` when no fragment said. */
  readonly index: number | undefined
  id: string | undefined
  name: string | undefined
  arguments: string
  readonly fragments: ToolFragment[]
  /** The first fragment. */
  readonly opening: ToolFragment
  /** The last one so far. */
  latest: ToolFragment
}

/** The calls of one choice, and the latest one of each index and of each id. */
export interface ToolCalls {
  readonly list: ToolCall[]
  readonly byIndex: Map<number, ToolCall>
  readonly byId: Map<string, ToolCall>
}

type FragmentFault =
  | 'tool-index-missing'
  | 'tool-index-shared'
  | 'tool-id-changes'
  | 'tool-id-repeated'
  | 'tool-name-repeated'

/** Where a fragment contradicts what came before it. */
export type FragmentContradiction = {
  [Kind in FragmentFault]: {
    readonly kind: Kind
    readonly fragment: ToolFragment
    /** The call it contradicts; its own, where there is no other. */
    readonly call: ToolCall
  }
}[FragmentFault]

/**
 * Adds a fragment to the calls of its choice, as a forgiving client would.
 *
 * A new id on a used index is a second call when a name comes with it, else a change of identity.
 * Empty and `null` ids and names on later fragments say nothing.
 */
export function addFragment(
  calls: ToolCalls,
  fragment: ToolFragment,
): { readonly call: ToolCall; readonly contradictions: readonly FragmentContradiction[] } {
  const { index: told } = fragment.json
  const index = typeof told === 'number' && Number.isInteger(told) && told >= 0 ? told : undefined
  const id = nonEmpty(fragment.json['id'])
  const name = nonEmpty(fragment.function['name'])
  const known =
    index !== undefined
      ? calls.byIndex.get(index)
      : id === undefined
        ? calls.list.at(-1)
        : calls.byId.get(id)

  const faults: FragmentFault[] = []
  if (index === undefined) faults.push('tool-index-missing')
  const otherId = known?.id !== undefined && id !== undefined && id !== known.id
  const isSecondCall = otherId && name !== undefined
  if (isSecondCall) faults.push('tool-index-shared')

  const call = known && !isSecondCall ? known : openCall(calls, index, fragment)
  if (id !== undefined && call.id !== undefined) {
    faults.push(otherId ? 'tool-id-changes' : 'tool-id-repeated')
  }
  if (name !== undefined && call.name !== undefined) faults.push('tool-name-repeated')

  if (id !== undefined && call.id === undefined) {
    call.id = id
    calls.byId.set(id, call)
  }
  call.name ??= name
  if (typeof fragment.function['arguments'] === 'string') {
    call.arguments += fragment.function['arguments']
  }
  call.fragments.push(fragment)
  call.latest = fragment
  return { call, contradictions: faults.map((kind) => ({ kind, fragment, call: known ?? call })) }
}

function openCall(calls: ToolCalls, index: number | undefined, opening: ToolFragment): ToolCall {
  const call: ToolCall = {
    index,
    id: undefined,
    name: undefined,
    arguments: '',
    fragments: [],
    opening,
    latest: opening,
  }
  calls.list.push(call)
  if (index !== undefined) calls.byIndex.set(index, call)
  return call
}

function nonEmpty(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
