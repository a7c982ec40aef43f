import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import {
  type Recording,
  requestBodySchema,
  type RequestFixture,
  requestFixtureSchema,
  SoundcheckError,
} from '../../conformance/index.ts'
import {
  isJsonObject,
  type JsonObject,
  parseJson,
  parseJsonOrThrow,
  validatorOf,
} from '../../protocol/index.ts'
import { type ExchangeJson, exchangeSchema } from '../../wire/index.ts'
import { isBesideCalls } from './is-beside-calls.ts'
import { type Kind, readJson } from './read-json.ts'

const bodyViolations = validatorOf(requestBodySchema)
const fixtureViolations = validatorOf(requestFixtureSchema)
const exchangeViolations = validatorOf(exchangeSchema)

const RECORDED: Kind<JsonObject | RequestFixture | ExchangeJson> = {
  name: 'a recorded request',
  violationsOf: (json) =>
    isExchange(json)
      ? exchangeViolations(json)
      : isFixture(json)
        ? fixtureViolations(json)
        : bodyViolations(json),
  advice:
    'write the body of a request, or {"request": <body>, "expect": {...}}; exchanges that were saved will do, too',
  // An exchange may have more values than clients read of an answer.
  parse: (text) => {
    const json = JSON.parse(text) as JsonObject
    return isExchange(json) ? json : (parseJsonOrThrow(text) as JsonObject)
  },
}

/**
 * Reads recorded requests from a file, or from the `.json` files of a folder: bodies as they went over
 * the wire, such bodies with what is expected of the answer, or saved exchanges. Of these, what was
 * asked several times is taken once, and what is no request for an answer, not at all.
 *
 * @throws SoundcheckError for what cannot be read, or is not a request.
 */
export async function readReplay(path: string): Promise<Recording[]> {
  const found = await stat(path).catch(() => undefined)
  if (!found) throw unusable(`there is no file or folder "${path}" to replay`)
  const files = found.isDirectory() ? await filesIn(path) : [path]
  const bodies = new Set<string>()
  const recordings: Recording[] = []
  // One by one: while an exchange is parsed, it takes several times its size.
  for (const file of files) {
    const recording = await readOne(file, bodies)
    if (recording) recordings.push(recording)
  }
  if (recordings.length > 0) return recordings
  throw unusable(`of the exchanges in "${path}", none asks for an answer`)
}

async function filesIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted()
  if (names.length === 0) throw unusable(`there are no .json files to replay in "${folder}"`)
  return names.map((name) => join(folder, name))
}

/** `bodies` are those that were taken from exchanges. */
async function readOne(file: string, bodies: Set<string>): Promise<Recording | undefined> {
  const json = await readJson(file, RECORDED)
  const name = basename(file, '.json').replaceAll(/[^\w.-]+/g, '-')
  if (isExchange(json)) {
    const { body } = json.request
    const request = body === null ? undefined : parseJson(body)
    if (body === null || bodies.has(body) || isBesideCalls(json)) return undefined
    if (bodyViolations(request).length > 0) return undefined
    bodies.add(body)
    return { name, request: request as JsonObject }
  }
  if (!isFixture(json)) return { name, request: json }
  const { request, expect } = json
  return { name, request: request as JsonObject, ...(expect && { expect }) }
}

function isFixture(json: unknown): json is RequestFixture {
  return isJsonObject(json) && 'request' in json
}

function isExchange(json: unknown): json is ExchangeJson {
  return isFixture(json) && 'arrivals' in json
}

function unusable(message: string): SoundcheckError {
  return new SoundcheckError('INVALID_INPUT', message)
}
