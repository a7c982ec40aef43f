/** What Artillery gives to an engine and expects of it, as of 2.0.34: the part that is used here. */
export interface ArtilleryScript {
  readonly config: {
    readonly target?: string
    /** Where the arrivals were dealt out to several threads, each phase says to how many. */
    readonly phases?: readonly { readonly totalWorkers?: number }[]
  }
}

export interface ArtilleryScenario {
  readonly flow?: readonly unknown[]
}

/** Takes `started`, `error`, `counter` and `histogram`. */
export interface ArtilleryEvents {
  emit(event: string, ...values: readonly unknown[]): unknown
}

export interface ArtilleryContext {
  readonly vars: Readonly<Record<string, unknown>>
}

export interface ArtilleryHelpers {
  /** Fills in `{{ name }}`, at any depth. */
  template(value: unknown, context: ArtilleryContext): unknown
}

/** Runs one virtual user. */
export type VirtualUser = (
  context: ArtilleryContext,
  done: (error: Error | null, context: ArtilleryContext) => void,
) => void
