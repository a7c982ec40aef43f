import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Exchange, exchangeToJson } from '../wire/index.ts'
import { nameExchanges } from './name-exchanges.ts'
import { UsageError } from './usage-error.ts'

/**
 * Makes a folder, unless it is there.
 *
 * @throws UsageError when it cannot be made.
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
  } catch (error) {
    throw new UsageError(`cannot save to "${folder}": ${(error as Error).message}`)
  }
}

/** Saves exchanges into a folder, a file each: `farewell-1.json`, `farewell-2.json`. */
export async function saveExchanges(exchanges: readonly Exchange[], folder: string): Promise<void> {
  for (const [name, exchange] of nameExchanges(exchanges)) {
    const json = JSON.stringify(exchangeToJson(exchange), null, 2)
    await writeFile(join(folder, `${name}.json`), `${json}\n`)
  }
}
