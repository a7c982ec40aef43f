import { createReadStream } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { type Saved, shownUrl, SoundcheckError } from '../../conformance/index.ts'
import { validatorOf } from '../../protocol/index.ts'
import { type ForeignHar, fromHar, type HarCall, harSchema } from '../../tap/index.ts'
import {
  BOUNDS,
  concatArrivals,
  type Exchange,
  exchangeFromJson,
  type ExchangeJson,
  exchangeSchema,
  headerValue,
} from '../../wire/index.ts'
import { isBesideCalls } from './is-beside-calls.ts'
import { type Kind, notOfKind, parseAs } from './read-json.ts'
import { cannotRead } from './read-text.ts'

/**
 * Reads exchanges (`.json`), those of HTTP Archives (`.har`) and bare bodies (anything else) from files
 * and folders; `-` is a body on standard input. What cannot be read among others is told beside them.
 *
 * @throws SoundcheckError where nothing can be read, and for a path that leads nowhere.
 */
export async function readSaved(paths: readonly string[]): Promise<Saved[]> {
  return readEach(paths, async (file) => {
    if (!file.endsWith('.har')) return [await readOne(file)]
    return (await readHar(file)).map(({ file: entry, call }) => ({ file: entry, ...asSaved(call) }))
  })
}

/** An exchange, and the file that it comes from. */
export interface SavedExchange {
  readonly file: string
  readonly exchange: Exchange
}

/** What was saved, and cannot be read as an exchange. */
type Unreadable = Extract<Saved, { readonly unreadable: string }>

/**
 * Reads exchanges, also those of HTTP Archives, from files and folders. What is none among others is
 * told beside them.
 *
 * @throws SoundcheckError as {@link readSaved} does.
 */
export async function readExchanges(
  paths: readonly string[],
): Promise<(SavedExchange | Unreadable)[]> {
  return readEach(paths, async (file): Promise<SavedExchange[]> => {
    if (file.endsWith('.har')) {
      return (await readHar(file)).map(({ file: entry, call }) => ({
        file: entry,
        exchange: call.exchange,
      }))
    }
    const saved = await readOne(file)
    if ('exchange' in saved) return [saved]
    throw unusable(`"${file}" is the body of an answer, without its request`)
  })
}

async function readEach<Item extends Saved>(
  paths: readonly string[],
  read: (file: string) => Promise<Item[]>,
): Promise<(Item | Unreadable)[]> {
  const found = await Promise.all(paths.map(filesAt))
  const files = found.flat()
  if (files.length === 0) {
    const hints = await Promise.all(paths.map(foldersHint))
    throw unusable(`${NO_FILES} in ${paths.map(shown).join(', ')}${hints.join('')}`)
  }
  const all: (Item | Unreadable)[] = []
  for (const [i, path] of paths.entries()) {
    if (found[i]!.length > 0) continue
    all.push({ file: path, unreadable: `${NO_FILES} in "${path}"${await foldersHint(path)}` })
  }
  let first: SoundcheckError | undefined
  let isAnyRead = false
  // One by one: while an exchange is parsed, it takes several times its size.
  for (const file of files) {
    try {
      all.push(...(await read(file)).filter(isOfCalls))
      isAnyRead = true
    } catch (error) {
      if (!(error instanceof SoundcheckError)) throw error
      first ??= error
      all.push({ file, unreadable: error.message })
    }
  }
  if (first && !isAnyRead) throw first
  if (all.length === 0)
    throw unusable(`nothing in ${paths.map(shown).join(', ')} asks for an answer`)
  return all
}

function isOfCalls(saved: Saved): boolean {
  return !('exchange' in saved && isBesideCalls(saved.exchange))
}

async function filesAt(path: string): Promise<string[]> {
  if (path === '-') return [path]
  const found = await stat(path).catch(() => undefined)
  if (!found) throw unusable(`there is no file or folder "${shown(path)}"`)
  if (!found.isDirectory()) return [path]
  const names = await readdir(path).catch(cannotRead(path))
  return names
    .filter((name) => /\.(?:json|har|sse|txt)$/.test(name))
    .toSorted()
    .map((name) => join(path, name))
}

const NO_FILES = 'there are no .json, .har, .sse or .txt files'

/** Folders are not searched: beside exchanges, there may be one of requests. */
async function foldersHint(path: string): Promise<string> {
  const entries = await readdir(path, { withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(path, name))
  if (folders.length === 0) return ''
  const shownFolders = folders.slice(0, 3).map((folder) => `"${folder}"`)
  const more = folders.length > 3 ? `, and ${folders.length - 3} more` : ''
  return `; there are folders in it, to be named themselves: ${shownFolders.join(', ')}${more}`
}

/** A URL that was given for a path may hold a key. */
function shown(path: string): string {
  return path.includes('://') ? shownUrl(path) : path
}

/** Of a saved exchange; escaped, a body takes up to six times its size. */
const MAX_FILE_BYTES = 64 * 1024 * 1024
const SAVED: Kind<ExchangeJson> = {
  name: 'a saved exchange',
  violationsOf: validatorOf(exchangeSchema),
  advice: '"soundcheck check <url> --save <folder>" writes them',
  // It may have more values than clients read of an answer: a line for each piece that came.
  parse: JSON.parse,
}

const HAR: Kind<ForeignHar> = {
  name: 'an HTTP Archive',
  violationsOf: validatorOf(harSchema),
  parse: JSON.parse,
}

/** What an archive holds, each call by a name of its own. */
async function readHar(file: string): Promise<{ readonly file: string; readonly call: HarCall }[]> {
  await assertReadable(file)
  const har = parseAs((await readBounded(file)).toString('utf8'), `"${file}"`, HAR)
  const calls = fromHar(har)
  if (calls.length === 0) throw unusable(`"${file}" holds no call of a language model`)
  return calls.map((call) => ({ file: `${file}#${call.entry + 1}`, call }))
}

/** Of a stream without times, what it says is judged, and not that all of it came at once. */
function asSaved({ exchange, isTimed }: HarCall): { exchange: Exchange } | { body: Uint8Array } {
  const { response, arrivals, decoded } = exchange
  const type = headerValue(response?.headers ?? [], 'content-type') ?? ''
  const isStream = response?.status === 200 && /^text\/event-stream/i.test(type)
  if (isTimed || !isStream) return { exchange }
  return { body: concatArrivals(decoded ?? arrivals) }
}

async function readOne(file: string): Promise<Exclude<Saved, Unreadable>> {
  if (file === '-') return { file: '(standard input)', body: await readBody(process.stdin) }
  await assertReadable(file)
  if (!file.endsWith('.json')) return { file, body: await readBody(createReadStream(file), file) }
  const body = await readBounded(file)
  const json = parseAs(body.toString('utf8'), `"${file}"`, SAVED)
  try {
    return { file, exchange: exchangeFromJson(json) }
  } catch (error) {
    throw notOfKind(`"${file}"`, SAVED, (error as Error).message)
  }
}

/** Of an open file of this process, such as a shell makes for `<(curl ...)`, somebody sees to the end. */
const OPEN_FILE = /^\/(?:dev\/(?:stdin$|fd\/)|proc\/self\/fd\/)/

async function assertReadable(file: string): Promise<void> {
  const found = await stat(file).catch(cannotRead(file))
  if (found.isFile() || OPEN_FILE.test(file)) return
  if (found.isDirectory()) {
    throw unusable(`"${file}" is a folder; name it itself to have the files in it judged`)
  }
  throw unusable(
    `"${file}" is no file but ${found.isFIFO() ? 'a pipe' : 'a device'}, which may never end; ` +
      'send what comes from it to standard input, and name that: lint -',
  )
}

/** Reads a little more than is judged, so that the judge sees that there is more. */
async function readBody(stream: Readable, file = '(standard input)'): Promise<Buffer> {
  const pieces: Buffer[] = []
  let size = 0
  try {
    for await (const piece of stream) {
      pieces.push(piece)
      size += piece.length
      if (size > BOUNDS.answer.bytes) break
    }
  } catch (error) {
    cannotRead(file)(error as Error)
  }
  return Buffer.concat(pieces)
}

async function readBounded(file: string): Promise<Buffer> {
  try {
    const { size } = await stat(file)
    if (size > MAX_FILE_BYTES)
      throw new Error(`it has ${size} bytes; the most is ${MAX_FILE_BYTES}`)
    return await readFile(file)
  } catch (error) {
    return cannotRead(file)(error as Error)
  }
}

function unusable(message: string): SoundcheckError {
  return new SoundcheckError('INVALID_INPUT', message)
}
