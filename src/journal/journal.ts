import { type Clock, type HttpRequest, Recent } from '../wire/index.ts'
import { MAX_SCOPES } from './max-scopes.ts'
import { type JournalEntry, OpenEntry } from './journal-entry.ts'

/** What a journal tells of while it is kept: a request that came in, or an answer that is over. */
export interface JournalEvent {
  readonly kind: 'opened' | 'ended'
  readonly entry: JournalEntry
}

type Listener = (event: JournalEvent) => void

const MAX_ENTRIES = 1_000
const MAX_CHARACTERS = 32 * 1024 * 1024
/** What a write takes, in characters. */
const SIZE_OF_WRITE = 32

/** What a mock was asked, and what became of its answers: the latest, within a bound. */
export class Journal {
  readonly #clock: Clock
  #entries: OpenEntry[] = []
  #characters = 0
  #count = 0
  #underWay = 0
  readonly #listeners = new Set<Listener>()
  /** How many entries each scope has lost to the bound, and all together. */
  readonly #dropped = new Recent<string, number>(MAX_SCOPES)
  #droppedInAll = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The entries of a scope, or all; the oldest first. */
  entries(scope?: string): readonly JournalEntry[] {
    return this.#entries.filter((entry) => scope === undefined || entry.scope === scope)
  }

  /** How many entries of a scope, or of all, the bound has cost since they were last cleared. */
  dropped(scope?: string): number {
    if (scope !== undefined) return this.#dropped.get(scope) ?? 0
    return this.#droppedInAll
  }

  /** How many answers are under way. */
  get underWay(): number {
    return this.#underWay
  }

  /** Forgets the entries of a scope, or all. */
  clear(scope?: string): void {
    const isKept = (entry: OpenEntry) => scope !== undefined && entry.scope !== scope
    for (const entry of this.#entries) if (!isKept(entry)) this.#resize(entry, 0)
    this.#entries = this.#entries.filter(isKept)
    this.#droppedInAll -= this.dropped(scope)
    if (scope === undefined) this.#dropped.clear()
    else this.#dropped.delete(scope)
  }

  /**
   * Tells of each request and each end of an answer from now on, as it happens; gives what ends that.
   *
   * What a listener throws is uncaught; no answer suffers from it.
   */
  subscribe(listener: Listener): () => void {
    // The same function may listen twice.
    const own: Listener = (event) => listener(event)
    this.#listeners.add(own)
    return () => this.#listeners.delete(own)
  }

  /** Opens the entry of a request that came in at a moment; that is now, when absent. */
  open(request: HttpRequest, zero = this.#clock.now()): OpenEntry {
    this.#underWay++
    const entry = new OpenEntry(++this.#count, request, zero, this.#onEnd)
    this.#entries.push(entry)
    this.#resize(entry, 1 + (request.body?.length ?? 0))
    this.#trim()
    this.#tell('opened', entry)
    return entry
  }

  readonly #onEnd = (entry: OpenEntry): void => {
    this.#underWay--
    // One that is kept no longer has no size.
    if (entry.size > 0) this.#resize(entry, entry.size + entry.writes.length * SIZE_OF_WRITE)
    this.#trim()
    this.#tell('ended', entry)
  }

  #tell(kind: JournalEvent['kind'], entry: JournalEntry): void {
    if (this.#listeners.size === 0) return
    // Who listens from now on is told of what comes next.
    const listeners = [...this.#listeners]
    for (const listener of listeners) {
      try {
        listener({ kind, entry })
      } catch (error) {
        queueMicrotask(() => {
          throw error
        })
      }
    }
  }

  #resize(entry: OpenEntry, size: number): void {
    this.#characters += size - entry.size
    entry.size = size
  }

  /** A tenth at a time, so that a full journal costs no more than an empty one. */
  #trim(): void {
    if (this.#entries.length <= MAX_ENTRIES && this.#characters <= MAX_CHARACTERS) return
    const dropped = this.#entries.splice(0, Math.ceil(this.#entries.length / 10))
    for (const entry of dropped) this.#resize(entry, 0)
    for (const [scope, { length }] of Map.groupBy(dropped, (entry) => entry.scope)) {
      this.#dropped.set(scope, this.dropped(scope) + length)
    }
    this.#droppedInAll += dropped.length
  }
}
