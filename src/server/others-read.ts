// Taken before a test of the user's own can replace it by one that stands still.
const { setImmediate } = globalThis

/** More would grow old while they wait, and be collected as such. */
const MOST = 32

let waiting: (() => void)[] = []

/** Resolves when the requests that came in together are read, or 32 of them. */
export function othersRead(): Promise<void> {
  return new Promise((resolve) => {
    const count = waiting.push(resolve)
    if (count === 1) setImmediate(goOn)
    if (count === MOST) goOn()
  })
}

function goOn(): void {
  const all = waiting
  waiting = []
  for (const resolve of all) resolve()
}
