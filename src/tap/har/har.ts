import type { JsonObject } from '../../protocol/index.ts'
import type { ArrivalJson, End } from '../../wire/index.ts'

/**
 * The parts of HTTP Archive 1.2 that are written.
 *
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */
export interface Har {
  readonly log: {
    readonly version: '1.2'
    readonly creator: { readonly name: string; readonly version: string }
    readonly entries: readonly HarEntry[]
  }
}

export interface HarEntry {
  readonly startedDateTime: string
  readonly time: number
  readonly request: JsonObject
  readonly response: JsonObject
  readonly cache: Readonly<Record<string, never>>
  readonly timings: {
    readonly blocked: number
    readonly dns: number
    readonly connect: number
    readonly send: number
    readonly wait: number
    readonly receive: number
    readonly ssl: number
  }
  readonly _soundcheck: WithoutRoom
}

/** What the format has no room for. */
export interface WithoutRoom {
  readonly id: string
  readonly probe: string
  readonly purpose?: 'control'
  readonly connectMs: number | null
  /** `null` where there was no answer. */
  readonly headMs: number | null
  /** The pieces in which the content came. */
  readonly arrivals: readonly { readonly atMs: number; readonly size: number }[]
  /** The body as it travelled, where it had a content coding that could be undone. */
  readonly coded: readonly ArrivalJson[] | null
  readonly end: End
}
