import { readdir, readFile, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ScenarioError } from './scenario-error.ts'
import type { Scenario } from './scenario.ts'
import { type Place, violationsOfScenarios } from './validate-scenarios.ts'

const DATA = ['.json', '.yaml', '.yml']
const CODE = ['.ts', '.mts', '.js', '.mjs']

/**
 * Loads scenarios from a file in JSON, YAML, TypeScript or JavaScript, or from all such files of a
 * folder and its subfolders, in the order of their names.
 *
 * A scenario without a name gets that of its place: `greetings.yaml:12`.
 *
 * @throws ScenarioError for what cannot be read or used, with file, line and path.
 */
export async function loadScenarios(path: string): Promise<Scenario[]> {
  const stats = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new ScenarioError(`${path}: cannot be read (${error.code})`)
  })
  if (!stats.isDirectory()) return loadFile(path)
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile() && [...DATA, ...CODE].includes(extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
  if (files.length === 0) throw new ScenarioError(`${path}: holds no scenarios`)
  return (await Promise.all(files.map(loadFile))).flat()
}

async function loadFile(file: string): Promise<Scenario[]> {
  const extension = extname(file)
  if (DATA.includes(extension)) return parseScenarios(await readFile(file, 'utf8'), file)
  if (CODE.includes(extension)) return importScenarios(file)
  const known = [...DATA, ...CODE].join(', ')
  throw new ScenarioError(`${file}: "${extension}" holds no scenarios; use ${known}`)
}

/**
 * Reads scenarios from JSON or YAML; `file` names them in errors.
 *
 * @throws ScenarioError for what cannot be used, with line and path.
 */
export async function parseScenarios(text: string, file: string): Promise<Scenario[]> {
  const { isNode, LineCounter, parseDocument } = await import('yaml')
  const lines = new LineCounter()
  // JSON is YAML; one parser knows the lines of both.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const [error] = document.errors
  if (error) {
    throw new ScenarioError(`${file}:${lines.linePos(error.pos[0]).line}: ${error.message}`)
  }
  const json: unknown = document.toJS()
  const lineOf = (path: Place) => {
    const nodes = path.map((_, i) => document.getIn(path.slice(0, i + 1), true)).filter(isNode)
    // What is missing is looked for where what should hold it begins.
    return lines.linePos(nodes.at(-1)?.range?.[0] ?? 0).line
  }
  const violations = violationsOfScenarios(json)
  if (violations.length > 0) {
    const messages = violations.map(
      ({ path, place, message }) => `${file}:${lineOf(place)}: ${path || '/'} ${message}`,
    )
    throw new ScenarioError(messages.join('\n'))
  }
  const { scenarios } = json as { scenarios: Scenario[] }
  return scenarios.map((scenario, i) => ({
    name: `${file}:${lineOf(['scenarios', i])}`,
    ...scenario,
  }))
}

async function importScenarios(file: string): Promise<Scenario[]> {
  const module = (await import(pathToFileURL(file).href).catch((error: unknown) => {
    throw new ScenarioError(`${file}: ${String(error)}`, { cause: error })
  })) as { default?: unknown }
  const { default: exported } = module
  if (!Array.isArray(exported)) {
    throw new ScenarioError(`${file}: its default export must be an array of scenarios`)
  }
  return (exported as Scenario[]).map((scenario, i) => ({
    name: `${file}: scenario ${i + 1}`,
    ...scenario,
  }))
}
