import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import {
  type Recording,
  type RequestFixture,
  requestFixtureSchema,
  SoundcheckError,
} from '../../conformance/index.ts'
import {
  chatRequestSchema,
  validatorOf,
  isJsonObject,
  type JsonObject,
  parseJson,
} from '../../protocol/index.ts'
import { whyNoAccess } from './why-no-access.ts'

const requestViolations = validatorOf(chatRequestSchema)
const fixtureViolations = validatorOf(requestFixtureSchema)

/**
 * Reads recorded requests from a file, or from the `.json` files of a folder: bodies as they went over
 * the wire, or such bodies with what is expected of the answer.
 *
 * @throws SoundcheckError for what cannot be read, or is not a request.
 */
export async function readReplay(path: string): Promise<Recording[]> {
  const found = await stat(path).catch(() => undefined)
  if (!found) throw unusable(`there is no file or folder "${path}" to replay`)
  if (!found.isDirectory()) return [await readOne(path)]
  const names = (await readdir(path)).filter((name) => name.endsWith('.json')).toSorted()
  if (names.length === 0) throw unusable(`there are no .json files to replay in "${path}"`)
  return Promise.all(names.map((name) => readOne(join(path, name))))
}

async function readOne(file: string): Promise<Recording> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw unusable(`cannot read "${file}": ${whyNoAccess(error)}`)
  })
  const json = parseJson(text)
  if (!isJsonObject(json)) throw unusable(`"${file}" is not a JSON object`)
  const name = basename(file, '.json').replaceAll(/[^\w.-]+/g, '-')
  if (!('request' in json)) {
    assertNone(requestViolations(json), file, 'the body of a request')
    return { name, request: json }
  }
  assertNone(fixtureViolations(json), file, 'a recorded request')
  const { request, expect } = json as unknown as RequestFixture
  return { name, request: request as JsonObject, ...(expect && { expect }) }
}

function assertNone(violations: ReturnType<typeof requestViolations>, file: string, kind: string) {
  const [violation] = violations
  if (!violation) return
  const where = violation.path === '' ? '' : `${violation.path} `
  throw unusable(`"${file}" is not ${kind}: ${where}${violation.message}`)
}

function unusable(message: string): SoundcheckError {
  return new SoundcheckError('INVALID_INPUT', message)
}
