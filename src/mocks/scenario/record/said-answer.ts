import type { Json } from '../../../protocol/index.ts'

/** Some of a text, and when it came. */
export interface Said {
  readonly text: string
  readonly atMs: number
}

export interface SaidCall {
  readonly name: string
  readonly id: string | undefined
  readonly atMs: number
  readonly arguments: readonly Said[]
}

/** What was answered, as it was said. */
export interface SaidAnswer {
  readonly reasoning: readonly Said[]
  readonly text: readonly Said[]
  readonly refusal: readonly Said[]
  readonly calls: readonly SaidCall[]
  readonly finishReason: string | undefined
  /** What an event within a stream says has failed. */
  readonly error: Json | undefined
  readonly endMs: number
  readonly isOver: boolean
}
