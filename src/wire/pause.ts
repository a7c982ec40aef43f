// Taken before a test of the user's own can replace them by timers that stand still.
const { setImmediate, setTimeout } = globalThis
// Browsers have no immediates.
const soon = typeof setImmediate === 'function' ? setImmediate : setTimeout

/** How long requests may keep others waiting before these have their turn, in milliseconds. */
const TURN_MS = 10

interface Waiting {
  readonly resume: () => void
  /** Whether it had no turn just before. */
  readonly isNew: boolean
}

const waiting: Waiting[] = []
let turnBegan = performance.now()
let takesTurns = false
let newestNext = true
let isTurn = false

/** Where a long piece of work may be interrupted: lets others have their turn, when it is time. */
export async function pause(): Promise<void> {
  if (performance.now() - turnBegan < TURN_MS) return
  await new Promise<void>((resume) => {
    waiting.push({ resume, isNew: !isTurn })
    if (!takesTurns) giveTurn()
  })
}

/** One at a time, or each would wait for a piece of everybody's work. */
function giveTurn(): void {
  takesTurns = waiting.length > 0
  if (!takesTurns) return
  // In the first round of the event loop a connection is accepted, in the second its request read.
  soon(() => {
    soon(() => {
      turnBegan = performance.now()
      isTurn = true
      takeNext()?.resume()
    })
    // In Node.js nothing comes in between but the work itself.
    soon(() => {
      isTurn = false
      giveTurn()
    })
  })
}

/** The newest is likely short; the oldest has waited longest. */
function takeNext(): Waiting | undefined {
  const newest = newestNext ? waiting.findLastIndex(({ isNew }) => isNew) : -1
  newestNext = !newestNext
  return newest === -1 ? waiting.shift() : waiting.splice(newest, 1)[0]
}
