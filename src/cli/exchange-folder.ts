import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { curl, type Exchange, exchangeToJson, type Finding } from '../conformance/index.ts'
import { cannotWrite } from './cannot-write.ts'

/** Where the request bodies of the last failed run are kept, unless the user names a folder. */
const LAST_RUN = join(tmpdir(), 'soundcheck')

/**
 * Makes the folder that exchanges will be saved to.
 *
 * @throws SoundcheckError when it cannot be made.
 */
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch(cannotWrite(folder))
}

/**
 * Makes a function that saves an exchange in a file of its own, such as `farewell-1.json`, after those
 * that were given before; it resolves when the file is there.
 *
 * The function rejects with a SoundcheckError when a file cannot be written.
 */
export function exchangeSaver(folder: string): (exchange: Exchange) => Promise<void> {
  let last = Promise.resolve()
  return (exchange) => {
    last = last.then(async () => {
      const json = JSON.stringify(exchangeToJson(exchange), null, 2)
      await write(join(folder, `${exchange.id}.json`), `${json}\n`)
    })
    // Whoever waits for the last one learns of it.
    last.catch(() => {})
    return last
  }
}

/**
 * Keeps request bodies in files, so that commands that repeat them are short enough to copy. Where
 * that cannot be, the commands hold the bodies.
 */
export async function repeatFromFiles(
  findings: readonly Finding[],
  exchanges: readonly Pick<Exchange, 'id' | 'request'>[],
  folder: string | undefined,
): Promise<(finding: Finding) => string | null> {
  const wanted = new Set(findings.map(({ exchange }) => exchange))
  const commands = new Map<string, string>()
  const target = folder === undefined ? LAST_RUN : join(folder, 'requests')
  try {
    for (const { id, request } of exchanges) {
      if (!wanted.has(id) || request.body === null) continue
      await makeFolder(target)
      const file = join(target, `${id}.json`)
      await write(file, request.body)
      commands.set(id, curl(request, file))
    }
  } catch {
    commands.clear()
  }
  return ({ exchange, repeat }) => commands.get(exchange) ?? repeat
}

async function write(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch(cannotWrite(file))
}
