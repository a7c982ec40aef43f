import { type Config, configSchema } from '../../config/index.ts'
import { isJsonObject, validatorOf } from '../../protocol/index.ts'
import { findConfig, loadConfig, unusableConfig } from './load-config.ts'

const NAMES = ['soundcheck.config.ts', 'soundcheck.config.json']
const KEYS = Object.keys(configSchema.properties).filter((key) => key !== '$schema')
const violationsOf = validatorOf(configSchema)
const ADVICE = '"soundcheck init" writes one'

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
  const file = named ?? (await findConfig(NAMES))
  if (file === undefined) return undefined
  const config = await loadConfig(file, ADVICE)
  if (!isJsonObject(config)) throw unusableConfig(file, 'it holds no object')
  if ('apiKey' in config) {
    throw unusableConfig(
      file,
      'leave out "apiKey", and set SOUNDCHECK_API_KEY: keys belong to the environment',
    )
  }
  const unknown = Object.keys(config).find((key) => key !== '$schema' && !KEYS.includes(key))
  if (unknown !== undefined)
    throw unusableConfig(file, `there is no option ${shown(unknown)}; ${hintFor(unknown)}`)
  const [violation] = violationsOf(config)
  if (violation) throw unusableConfig(file, `${violation.path} ${violation.message}`)
  return { file, config }
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
