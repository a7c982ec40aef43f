import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CheckReport, curl, type Exchange, type Finding } from '../../conformance/index.ts'
import { makeFolder, saveExchange } from '../../wire/node.ts'
import { cannotWrite } from './cannot-write.ts'
import { replaceFile } from './replace-file.ts'

/** Requests, as exchanges, may hold a conversation, which is for their owner only. */
const OWNER_FILE = 0o600
const OWNER_FOLDER = 0o700

/**
 * Makes the folder that exchanges will be saved to.
 *
 * @throws SoundcheckError when it cannot be made.
 */
export async function makeExchangeFolder(folder: string): Promise<void> {
  await makeFolder(folder, OWNER_FOLDER).catch(cannotWrite(folder))
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
      const file = join(folder, `${exchange.id}.json`)
      await saveExchange(file, exchange).catch(cannotWrite(file))
    })
    // Whoever waits for the last one learns of it.
    last.catch(() => {})
    return last
  }
}

interface RepeatOptions {
  /** The folder of the exchanges. */
  readonly save: string | undefined
  readonly proxy: CheckReport['target']['proxy']
}

/**
 * Keeps request bodies in files, so that commands that repeat them are short enough to copy: in the
 * folder of the exchanges, or else in one of this run, which nobody else can read or foresee. Where
 * that cannot be, the commands hold the bodies.
 */
export async function repeatFromFiles(
  findings: readonly Finding[],
  exchanges: readonly Pick<Exchange, 'id' | 'request'>[],
  { save, proxy }: RepeatOptions,
): Promise<(finding: Finding) => string | null> {
  const failed = new Set(findings.map(({ exchange }) => exchange))
  const wanted = exchanges.filter(({ id, request }) => failed.has(id) && request.body !== null)
  const commands = new Map<string, string>()
  try {
    // A run without failures leaves nothing behind.
    const target = wanted.length > 0 ? await requestFolder(save) : ''
    for (const { id, request } of wanted) {
      const file = join(target, `${id}.json`)
      await replaceFile(file, request.body!, OWNER_FILE)
      commands.set(id, curl(request, { bodyFile: file, proxy }))
    }
  } catch {
    commands.clear()
  }
  return ({ exchange, repeat }) => commands.get(exchange) ?? repeat
}

async function requestFolder(exchangeFolder: string | undefined): Promise<string> {
  if (exchangeFolder === undefined) return mkdtemp(join(tmpdir(), 'soundcheck-'))
  const folder = join(exchangeFolder, 'requests')
  await makeExchangeFolder(folder)
  return folder
}
