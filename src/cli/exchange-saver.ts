import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Exchange, exchangeToJson } from '../wire/index.ts'
import { UsageError } from './usage-error.ts'

/**
 * Saves exchanges into a folder, a file each: `farewell-1.json`, `farewell-2.json`.
 *
 * @throws UsageError when the folder cannot be made.
 */
export async function exchangeSaver(
  folder: string,
): Promise<{ save: (exchange: Exchange) => void; done: () => Promise<void> }> {
  try {
    await mkdir(folder, { recursive: true })
  } catch (error) {
    throw new UsageError(`cannot save to "${folder}": ${(error as Error).message}`)
  }
  const counts = new Map<string, number>()
  const writing: Promise<void>[] = []
  return {
    save(exchange) {
      const count = (counts.get(exchange.probe) ?? 0) + 1
      counts.set(exchange.probe, count)
      const json = JSON.stringify(exchangeToJson(exchange), null, 2)
      writing.push(writeFile(join(folder, `${exchange.probe}-${count}.json`), `${json}\n`))
    },
    done: async () => {
      await Promise.all(writing)
    },
  }
}
