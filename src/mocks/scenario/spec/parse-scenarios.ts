import { jsonSource } from './json-source.ts'
import { ScenarioError } from '../../scenario-error.ts'
import { withPlace } from './scenario-place.ts'
import { type ScenarioSource, SourceError } from './scenario-source.ts'
import type { Scenario } from './scenario.ts'
import { violationsOfScenarios } from './validate-scenarios.ts'
import { yamlSource } from './yaml-source.ts'

const MIB = 1024 * 1024

/** How much is read: a few seconds' worth. YAML takes thirty times as long as JSON. */
const MOST = { json: 64 * MIB, yaml: 2 * MIB }
/** More than anybody mends at a time. */
const MAX_TOLD = 20

/**
 * Reads scenarios from JSON or YAML; `file` names them in errors, and is JSON when it ends in `.json`.
 *
 * @throws ScenarioError for what cannot be used, with line and path.
 */
export async function parseScenarios(text: string, file: string): Promise<Scenario[]> {
  const source = await read(text, file)
  const violations = violationsOfScenarios(source.json).slice(0, MAX_TOLD)
  if (violations.length > 0) {
    const lines = source.linesOf(violations.map(({ place }) => place))
    const messages = violations.map(
      ({ path, message }, i) => `${file}:${lines[i]}: ${path || '/'} ${message}`,
    )
    throw new ScenarioError(messages.join('\n'))
  }
  const { scenarios } = source.json as { scenarios: Scenario[] }
  const lines = source.linesOf(scenarios.map((_, i) => ['scenarios', i]))
  return scenarios.map((scenario, i) => withPlace(scenario, `${file}:${lines[i]}`))
}

/** @throws ScenarioError for files, or a file, that would take too long to read. */
export function refuseIfTooLarge(size: number, path: string, most = MOST.json): void {
  if (size <= most) return
  const [has, may] = [size, most].map((bytes) => (bytes / MIB).toFixed(1))
  const advice =
    most === MOST.yaml ? 'write it as JSON, of which more is read, or split it' : 'use less'
  throw new ScenarioError(`${path}: has ${has} MiB, and ${may} are read at most: ${advice}`)
}

async function read(text: string, file: string): Promise<ScenarioSource> {
  const isJson = file.endsWith('.json')
  refuseIfTooLarge(text.length, file, isJson ? MOST.json : MOST.yaml)
  try {
    return await (isJson ? jsonSource(text) : yamlSource(text))
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    throw new ScenarioError(`${file}:${error.line}: ${error.message}`, { cause: error })
  }
}
