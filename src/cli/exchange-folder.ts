import { mkdir, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { curl, type Exchange, exchangeToJson, type Finding } from '../conformance/index.ts'
import { cannotWrite } from './cannot-write.ts'
import { writePrivateFile } from './write-private-file.ts'

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
      await writePrivateFile(join(folder, `${exchange.id}.json`), `${json}\n`)
    })
    // Whoever waits for the last one learns of it.
    last.catch(() => {})
    return last
  }
}

/**
 * Keeps request bodies in files, so that commands that repeat them are short enough to copy: in the
 * folder of the exchanges, or else in one of this run, which nobody else can read or foresee. Where
 * that cannot be, the commands hold the bodies.
 */
export async function repeatFromFiles(
  findings: readonly Finding[],
  exchanges: readonly Pick<Exchange, 'id' | 'request'>[],
  folder: string | undefined,
): Promise<(finding: Finding) => string | null> {
  const failed = new Set(findings.map(({ exchange }) => exchange))
  const wanted = exchanges.filter(({ id, request }) => failed.has(id) && request.body !== null)
  const commands = new Map<string, string>()
  try {
    // A run without failures leaves nothing behind.
    const target = wanted.length > 0 ? await requestFolder(folder) : ''
    for (const { id, request } of wanted) {
      const file = join(target, `${id}.json`)
      await writePrivateFile(file, request.body!)
      commands.set(id, curl(request, file))
    }
  } catch {
    commands.clear()
  }
  return ({ exchange, repeat }) => commands.get(exchange) ?? repeat
}

async function requestFolder(exchangeFolder: string | undefined): Promise<string> {
  if (exchangeFolder === undefined) return mkdtemp(join(tmpdir(), 'soundcheck-'))
  const folder = join(exchangeFolder, 'requests')
  await makeFolder(folder)
  return folder
}
