/** Takes all steps at once. */
export function toEnd<Result>(steps: Generator<undefined, Result, boolean>): Result {
  for (;;) {
    const { done, value } = steps.next(true)
    if (done) return value
  }
}
