import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { redactorFor } from '../../endpoint/index.ts'
import type { Exchange } from '../../wire/index.ts'
import { makeFolder, saveExchange } from '../../wire/node.ts'

export interface StoreOptions {
  readonly folder: string
  /**
   * How many exchanges the folder holds; the oldest go.
   *
   * @defaultValue 1,000
   */
  readonly keep?: number
  /**
   * How many bytes they have together.
   *
   * @defaultValue 1 GiB
   */
  readonly keepBytes?: number
  /** Told once, when an exchange cannot be saved; those after it are tried all the same. */
  readonly onTrouble: (error: Error) => void
}

/** Conversations are for their owner only. */
const OWNER_FOLDER = 0o700
/** What waits to be written, while a disk is slow. */
const MOST_WAITING = 500
/** A draft that nobody has touched for so long belongs to a process that was killed. */
const ABANDONED_MS = 60_000
const OURS = /^\d{4}-\d\d-\d\dT[\d-]+\.\d+Z-\d{6,}\.json$/
const OUR_DRAFT = /^\d{4}-\d\d-\d\dT[\d-]+\.\d+Z-\d{6,}\.json\.[\da-f-]{36}$/

interface Saved {
  readonly file: string
  readonly bytes: number
}

/** A folder with a file for each of the latest exchanges, whose names sort by time. */
export class ExchangeStore {
  readonly #options: Required<StoreOptions>
  /** The oldest first. */
  #saved: Saved[] = []
  #bytes = 0
  #count = 0
  #waiting = 0
  #unsaved = 0
  #isTroubleTold = false
  #last: Promise<void>

  constructor(options: StoreOptions) {
    this.#options = { keep: 1_000, keepBytes: 1024 ** 3, ...options }
    this.#last = this.#open().catch(this.#tell)
  }

  /** How many exchanges could not be saved. */
  get unsaved(): number {
    return this.#unsaved
  }

  /** Saves an exchange without its secrets, after those that were given before; never fails. */
  save(exchange: Exchange): void {
    if (this.#waiting >= MOST_WAITING) {
      this.#missed(new Error(`more than ${MOST_WAITING} exchanges wait to be written`))
      return
    }
    this.#waiting++
    this.#last = this.#last
      .then(() => this.#write(exchange))
      .catch(this.#missed)
      .then(() => void this.#waiting--)
  }

  /** Resolves when all that was given is written, or cannot be. */
  async settled(): Promise<void> {
    await this.#last
  }

  async #open(): Promise<void> {
    const { folder } = this.#options
    await makeFolder(folder, OWNER_FOLDER)
    for (const name of (await readdir(folder)).toSorted()) {
      const file = join(folder, name)
      // Another tap may have taken it away meanwhile.
      const found = await stat(file).catch(() => undefined)
      if (!found) continue
      if (OURS.test(name)) this.#add({ file, bytes: found.size })
      else if (OUR_DRAFT.test(name) && Date.now() - found.mtimeMs > ABANDONED_MS) {
        await rm(file, { force: true })
      }
    }
    await this.#makeRoom()
  }

  async #write(exchange: Exchange): Promise<void> {
    // That of its id, by which a report names it.
    const [own] = /\d+$/.exec(exchange.id) ?? []
    const number = (own ?? String(++this.#count)).padStart(6, '0')
    const moment = exchange.startedAt.replaceAll(':', '-')
    const { folder } = this.#options
    const file = join(folder, `${moment}-${number}.json`)
    // Who wants to begin anew takes it away while we run.
    await makeFolder(folder, OWNER_FOLDER)
    const bytes = await saveExchange(file, redactorFor(exchange.request).exchange(exchange))
    this.#add({ file, bytes })
    await this.#makeRoom()
  }

  #add(saved: Saved): void {
    this.#saved.push(saved)
    this.#bytes += saved.bytes
  }

  /** The latest one stays, however large. */
  async #makeRoom(): Promise<void> {
    const { keep, keepBytes } = this.#options
    while (this.#saved.length > 1 && (this.#saved.length > keep || this.#bytes > keepBytes)) {
      const { file, bytes } = this.#saved.shift()!
      this.#bytes -= bytes
      await rm(file, { force: true })
    }
  }

  readonly #missed = (error: Error): void => {
    this.#unsaved++
    this.#tell(error)
  }

  readonly #tell = (error: Error): void => {
    if (this.#isTroubleTold) return
    this.#isTroubleTold = true
    this.#options.onTrouble(error)
  }
}
