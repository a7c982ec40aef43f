import type { Place } from './validate-scenarios.ts'

/** The contents of a file of scenarios, and where in it they are. */
export interface ScenarioSource {
  readonly json: unknown
  /** The lines on which values begin, counted from 1. */
  readonly linesOf: (places: readonly Place[]) => number[]
}

/** A text that is not what it should be; the line is counted from 1. */
export class SourceError extends Error {
  override readonly name = 'SourceError'
  readonly line: number

  constructor(message: string, line: number, options?: ErrorOptions) {
    super(message, options)
    this.line = line
  }
}
