import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Saved } from '../conformance/index.ts'
import { compileSchema } from '../protocol/index.ts'
import { exchangeFromJson, type ExchangeJson, exchangeSchema } from '../wire/index.ts'
import { UsageError } from './usage-error.ts'

/**
 * Reads exchanges (`.json`) and bare bodies (anything else) from files and folders.
 *
 * @throws UsageError for what cannot be read, and for JSON that is no exchange.
 */
export async function readSaved(paths: readonly string[]): Promise<Saved[]> {
  const files = (await Promise.all(paths.map(filesAt))).flat()
  if (files.length === 0) throw new UsageError(`no files to judge in ${paths.join(', ')}`)
  return Promise.all(files.map(readOne))
}

async function filesAt(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined)
  if (!found) throw new UsageError(`there is no file or folder "${path}"`)
  if (!found.isDirectory()) return [path]
  const names = await readdir(path)
  return names
    .filter((name) => /\.(?:json|sse|txt)$/.test(name))
    .toSorted()
    .map((name) => join(path, name))
}

const violationsOf = compileSchema(exchangeSchema)

async function readOne(file: string): Promise<Saved> {
  const body = await readFile(file)
  if (!file.endsWith('.json')) return { file, body }
  const json = parse(body.toString('utf8'), file)
  const [violation] = violationsOf(json)
  if (violation) {
    throw new UsageError(
      `"${file}" is no saved exchange: ${violation.path || 'the whole'} ${violation.message}`,
    )
  }
  return { file, exchange: exchangeFromJson(json as ExchangeJson) }
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError(`"${file}" is not JSON: ${(error as Error).message}`)
  }
}
