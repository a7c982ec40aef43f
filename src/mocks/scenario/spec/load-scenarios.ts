import { readdir, readFile, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseScenarios, refuseIfTooLarge } from './parse-scenarios.ts'
import { ScenarioError } from '../../scenario-error.ts'
import { withPlace } from './scenario-place.ts'
import type { Scenario } from './scenario.ts'

const DATA = ['.json', '.yaml', '.yml']
const CODE = ['.ts', '.mts', '.js', '.mjs']

/** Whether a file of this name holds scenarios, where it lies in a folder of them. */
export function isScenarioFile(name: string): boolean {
  return [...DATA, ...CODE].includes(extname(name))
}

/**
 * Loads scenarios from a file in JSON, YAML, TypeScript or JavaScript, or from all such files of a
 * folder and its subfolders, in the order of their names.
 *
 * A scenario without a name gets that of its place: `greetings.yaml:12`.
 *
 * @param edition Another than before, to run modules again that were loaded before; what they import is not.
 * @throws ScenarioError for what cannot be read or used, with file, line and path.
 */
export async function loadScenarios(path: string, edition = 0): Promise<Scenario[]> {
  const stats = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new ScenarioError(`${path}: cannot be read (${error.code})`)
  })
  if (!stats.isDirectory()) return loadFile(path, edition)
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile() && isScenarioFile(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
  if (files.length === 0) throw new ScenarioError(`${path}: holds no scenarios`)
  const scenarios: Scenario[] = []
  let size = 0
  for (const file of files) {
    size += (await stat(file)).size
    refuseIfTooLarge(size, path)
    for (const scenario of await loadFile(file, edition)) scenarios.push(scenario)
  }
  return scenarios
}

async function loadFile(file: string, edition: number): Promise<Scenario[]> {
  const extension = extname(file)
  if (DATA.includes(extension)) {
    refuseIfTooLarge((await stat(file)).size, file)
    return parseScenarios(await readFile(file, 'utf8'), file)
  }
  if (CODE.includes(extension)) return importScenarios(file, edition)
  const known = [...DATA, ...CODE].join(', ')
  throw new ScenarioError(`${file}: "${extension}" holds no scenarios; use ${known}`)
}

async function importScenarios(file: string, edition: number): Promise<Scenario[]> {
  const url = pathToFileURL(file)
  if (edition > 0) url.searchParams.set('edition', String(edition))
  const module = (await import(url.href).catch((error: unknown) => {
    throw new ScenarioError(`${file}: ${String(error)}`, { cause: error })
  })) as { default?: unknown }
  const { default: exported } = module
  if (!Array.isArray(exported)) {
    throw new ScenarioError(`${file}: its default export must be an array of scenarios`)
  }
  return (exported as Scenario[]).map((scenario, i) =>
    withPlace(scenario, `${file}: scenario ${i + 1}`),
  )
}
