import { stat } from 'node:fs/promises'
import { type Config, configSchema } from '../../config/index.ts'
import { SoundcheckError } from '../../conformance/index.ts'
import { isJsonObject, validatorOf } from '../../protocol/index.ts'
import { importConfig } from './import-config.ts'
import { type Kind, readJson } from './read-json.ts'

const NAMES = ['soundcheck.config.ts', 'soundcheck.config.json']
const KEYS = Object.keys(configSchema.properties).filter((key) => key !== '$schema')
const violationsOf = validatorOf(configSchema)
/** What is wrong with its options is said of code, too. */
const CONFIG: Kind<unknown> = {
  name: 'a configuration',
  violationsOf: () => [],
  advice: '"soundcheck init" writes one',
}

/** A configuration, and the file it came from. */
export interface ConfigFile {
  readonly file: string
  readonly config: Config
}

/**
 * Reads the configuration: the file that was named, or the one in the working directory; `undefined`
 * when there is none.
 *
 * @throws SoundcheckError for a file that cannot be read, or holds what no option takes.
 */
export async function readConfig(named: string | undefined): Promise<ConfigFile | undefined> {
  const file = named ?? (await findConfig())
  if (file === undefined) return undefined
  const config = await load(file)
  if (!isJsonObject(config)) throw unusable(file, 'it holds no object')
  if ('apiKey' in config) {
    throw unusable(
      file,
      'leave out "apiKey", and set SOUNDCHECK_API_KEY: keys belong to the environment',
    )
  }
  const unknown = Object.keys(config).find((key) => key !== '$schema' && !KEYS.includes(key))
  if (unknown !== undefined)
    throw unusable(file, `there is no option ${shown(unknown)}; ${hintFor(unknown)}`)
  const [violation] = violationsOf(config)
  if (violation) throw unusable(file, `${violation.path} ${violation.message}`)
  return { file, config }
}

async function findConfig(): Promise<string | undefined> {
  const found = []
  for (const name of NAMES) if (await stat(name).catch(() => undefined)) found.push(name)
  const [first, second] = found
  if (first !== undefined && second !== undefined) {
    throw unusable(second, `there is ${first} too; keep one of them, or name one with --config`)
  }
  return first
}

async function load(file: string): Promise<unknown> {
  if (file.endsWith('.json')) return readJson(file, CONFIG)
  try {
    return await importConfig(file)
  } catch (error) {
    // It may quote what stands there.
    if (error instanceof SyntaxError || error instanceof ReferenceError) {
      throw unusable(file, `it is not valid code (${error.name}); "node ${file}" shows where`)
    }
    throw unusable(file, (error as Error).message)
  }
}

/** What is no word may be a key that was put in the wrong place. */
function shown(name: string): string {
  return /^[a-z]{1,20}$/i.test(name) ? `"${name}"` : 'of such a name'
}

function hintFor(slip: string): string {
  const letters = slip.toLowerCase()
  const near = KEYS.filter((key) => {
    const known = key.toLowerCase()
    return known.startsWith(letters.slice(0, 3)) || known.includes(letters)
  })
  return near.length > 0 ? `did you mean ${near.join(', ')}?` : `the options are ${KEYS.join(', ')}`
}

function unusable(file: string, reason: string): SoundcheckError {
  return new SoundcheckError('INVALID_INPUT', `${file} cannot be used: ${reason}`)
}
