import type { ToolFragment } from './choice-pieces.ts'

/** A tool call, joined from its fragments. */
export interface ToolCall {
  /** `undefined` when no fragment said. */
  readonly index: number | undefined
  id: string | undefined
  name: string | undefined
  arguments: string
  readonly fragments: ToolFragment[]
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
export function addFragment(calls: ToolCall[], fragment: ToolFragment): FragmentContradiction[] {
  const index = fragment.json['index']
  const id = nonEmpty(fragment.json['id'])
  const name = nonEmpty(fragment.function['name'])
  const known = Number.isInteger(index)
    ? calls.findLast((call) => call.index === index)
    : calls.findLast((call) => id === undefined || call.id === id)

  const contradictions: FragmentFault[] = []
  if (!Number.isInteger(index)) contradictions.push('tool-index-missing')

  let call = known
  if (
    known &&
    id !== undefined &&
    known.id !== undefined &&
    id !== known.id &&
    name !== undefined
  ) {
    contradictions.push('tool-index-shared')
    call = undefined
  }
  if (call === undefined) {
    call = {
      index: Number.isInteger(index) ? (index as number) : undefined,
      id: undefined,
      name: undefined,
      arguments: '',
      fragments: [],
    }
    calls.push(call)
  }
  if (id !== undefined && call.id !== undefined) {
    contradictions.push(id === call.id ? 'tool-id-repeated' : 'tool-id-changes')
  }
  if (name !== undefined && call.name !== undefined) contradictions.push('tool-name-repeated')

  call.id ??= id
  call.name ??= name
  if (typeof fragment.function['arguments'] === 'string') {
    call.arguments += fragment.function['arguments']
  }
  call.fragments.push(fragment)
  return contradictions.map((kind) => ({ kind, fragment, call: known ?? call }))
}

function nonEmpty(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
