export interface CalibrationServerOptions {
  /** Answers at a time; as many as asked for, when absent. */
  readonly slots?: number
  /** In which it answers, by its id; chat completions, when absent. */
  readonly dialect?: string
}

/** The body of a request: when each event of the answer is due, counted from its start. */
export interface CalibrationRequest {
  readonly calibration: { readonly dueMs: readonly number[] }
}

/** What each event tells of itself, in milliseconds on the monotonic clock. */
export interface CalibrationStamps {
  /** When the whole request was there. */
  readonly rx: number
  readonly due: number
  /** Right before the event was written. */
  readonly t: number
}
