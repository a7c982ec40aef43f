// Taken before a test of the user's own can replace them by timers that stand still.
const { setImmediate, setTimeout } = globalThis

/** How long requests may keep others waiting before these have their turn, in milliseconds. */
const TURN_MS = 20

let turnBegan = performance.now()
let nextTurn: Promise<void> | undefined

/** Where a long piece of work may be interrupted: lets others have their turn, when it is time. */
export async function pause(): Promise<void> {
  if (performance.now() - turnBegan < TURN_MS) return
  nextTurn ??= new Promise((resolve) => {
    // Browsers have no immediates.
    const soon = typeof setImmediate === 'function' ? setImmediate : setTimeout
    soon(() => {
      nextTurn = undefined
      turnBegan = performance.now()
      resolve()
    })
  })
  await nextTurn
}
