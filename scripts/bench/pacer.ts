import TinyQueue from 'tinyqueue'

interface Due {
  readonly at: number
  readonly run: () => void
}

const heap = new TinyQueue<Due>([], (a, b) => a.at - b.at)
let timer: ReturnType<typeof setTimeout> | undefined

/** Runs something at a moment of `performance.now()`; all that waits shares one timer. */
export function runAt(at: number, run: () => void): void {
  heap.push({ at, run })
  if (heap.peek()!.at === at) setTimer()
}

function setTimer(): void {
  clearTimeout(timer)
  const next = heap.peek()
  if (next) timer = setTimeout(runDue, Math.max(0, next.at - performance.now()))
}

function runDue(): void {
  const now = performance.now()
  while (heap.length > 0 && heap.peek()!.at <= now) heap.pop()!.run()
  setTimer()
}
