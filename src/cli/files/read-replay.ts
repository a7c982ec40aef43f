import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import {
  type Recording,
  type RequestFixture,
  requestFixtureSchema,
  SoundcheckError,
} from '../../conformance/index.ts'
import {
  chatRequestSchema,
  isJsonObject,
  type JsonObject,
  validatorOf,
} from '../../protocol/index.ts'
import { type Kind, readJson } from './read-json.ts'

const bodyViolations = validatorOf(chatRequestSchema)
const fixtureViolations = validatorOf(requestFixtureSchema)

const RECORDED: Kind<JsonObject | RequestFixture> = {
  name: 'a recorded request',
  violationsOf: (json) => (isFixture(json) ? fixtureViolations(json) : bodyViolations(json)),
  advice: 'write the body of a request, or {"request": <body>, "expect": {...}}',
}

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
  const json = await readJson(file, RECORDED)
  const name = basename(file, '.json').replaceAll(/[^\w.-]+/g, '-')
  if (!isFixture(json)) return { name, request: json }
  const { request, expect } = json
  return { name, request: request as JsonObject, ...(expect && { expect }) }
}

function isFixture(json: unknown): json is RequestFixture {
  return isJsonObject(json) && 'request' in json
}

function unusable(message: string): SoundcheckError {
  return new SoundcheckError('INVALID_INPUT', message)
}
