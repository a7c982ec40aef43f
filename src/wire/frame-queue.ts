import type { Clock, Priority } from './clock.ts'
import { type AnyReply, dueBy, isLive } from './live-reply.ts'
import { countTogether, encodeFrame, encodeFrames, type Frame } from './reply.ts'

const NONE: readonly Frame[] = []
const ignore = () => {}

/** The frames of an answer on their way out: all of them are there, or the next is asked for when it is wanted. */
export class FrameQueue {
  /** How many have been taken. */
  taken = 0
  /** What the source threw; no frame follows. */
  failure: { readonly error: unknown } | undefined
  readonly #clock: Clock
  readonly #zero: number
  #frames: readonly Frame[]
  #at = 0
  #dueMs = 0
  #isWhole: boolean
  #source: AsyncIterator<Frame> | undefined
  #isAsked = false
  #then = ignore

  constructor(reply: AnyReply, clock: Clock, zero: number) {
    this.#clock = clock
    this.#zero = zero
    if (isLive(reply)) {
      this.#frames = NONE
      this.#isWhole = false
      this.#source = reply.frames[Symbol.asyncIterator]()
    } else {
      this.#frames = reply.frames
      this.#isWhole = true
    }
  }

  /** The next frame, if it is there. */
  peek(): Frame | undefined {
    return this.#frames[this.#at]
  }

  /** Whether all have been taken. */
  get isOver(): boolean {
    return this.#isWhole && this.#at === this.#frames.length
  }

  /** That of the next frame: who measures an answer measures when it begins. */
  get priority(): Priority {
    return this.taken === 0 ? 'high' : 'normal'
  }

  /** Takes the next frame alone. */
  next(): Frame | undefined {
    const frame = this.peek()
    if (frame) this.#pass(1)
    return frame
  }

  /** Takes the frames that leave together, the next and those due with it, as bytes. */
  take(): string | Uint8Array {
    const count = countTogether(this.#frames, this.#at)
    const piece = encodeFrames(this.#frames, this.#at, count)
    this.#pass(count)
    return piece
  }

  /** Calls back, once, when what the source does before it first waits is done. */
  whenBegun(run: () => void): void {
    if (!this.#source) return run()
    const callOff = this.#clock.at(this.#clock.now(), () => {
      this.#then = ignore
      run()
    })
    this.more(() => {
      callOff()
      run()
    })
  }

  /** Calls back when the next frame is there, or none comes; whoever asked before is not called. */
  more(then: () => void): void {
    this.#then = then
    if (!this.#isAsked) void this.#ask()
  }

  /** Ends the source, and waits for nothing: where it is at work, it may never come to its end. */
  leave(): void {
    const source = this.#source
    this.#source = undefined
    this.#then = ignore
    if (source) void end(source)
  }

  async #ask(): Promise<void> {
    const source = this.#source
    if (!source) return
    this.#isAsked = true
    try {
      const { done, value } = await source.next()
      if (this.#source !== source) return
      if (done) this.#finish()
      else this.#put(value)
    } catch (error) {
      if (this.#source !== source) return
      this.#finish()
      this.failure = { error }
      // It did not throw, where its frame cannot be written.
      void end(source)
    }
    this.#isAsked = false
    this.#then()
  }

  #pass(count: number): void {
    this.#at += count
    this.taken += count
  }

  #put(frame: Frame): void {
    assertWritable(frame)
    const due = dueBy(frame, Math.max(this.#dueMs, this.#clock.now() - this.#zero))
    this.#dueMs = due.atMs
    this.#frames = [due]
    this.#at = 0
  }

  #finish(): void {
    this.#source = undefined
    this.#isWhole = true
  }
}

/** @throws TypeError for what no types kept from being given as a frame. */
function assertWritable(frame: Frame): void {
  if (frame.kind === 'hang-up') return
  const bytes: unknown = encodeFrame(frame)
  if (typeof bytes === 'string' || bytes instanceof Uint8Array) return
  throw new TypeError(`a frame of kind "${frame.kind}" holds nothing that can be written`)
}

async function end(source: AsyncIterator<Frame>): Promise<void> {
  try {
    await source.return?.()
  } catch {
    // Nobody is left to be told.
  }
}
