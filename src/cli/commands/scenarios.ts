import { Command, InvalidArgumentError } from 'commander'
import { basename } from 'node:path'
import { findFault, SoundcheckError } from '../../conformance/index.ts'
import { redactorFor } from '../../endpoint/index.ts'
import {
  createMockLlm,
  importAimock,
  type Imported,
  recordScenarios,
  scenariosSchema,
  ScenarioError,
} from '../../mocks/index.ts'
import { writeScenarios } from '../../mocks/node.ts'
import { jsonText } from '../../report/index.ts'
import { isAmong } from '../files/is-among.ts'
import { type Kind, readJson } from '../files/read-json.ts'
import { readExchanges } from '../files/read-saved.ts'
import { pathName } from '../options/options.ts'
import { tell } from '../tell.ts'
import { writeOutput } from '../files/write-output.ts'
import { type Exchange, escapeText } from '../../wire/index.ts'

/** `soundcheck scenarios`. */
export function scenariosCommand(): Command {
  return new Command('scenarios')
    .description('work with scenarios of the mock')
    .addCommand(
      new Command('import')
        .description('turn fixture files of aimock into scenarios')
        .argument('<files...>', 'fixture files, in JSON')
        .option('--output <file>', 'write there instead of standard output', pathName)
        .addHelpText('after', HELP)
        .action(importFiles),
    )
    .addCommand(
      new Command('record')
        .description('make scenarios of recorded calls, with their real timing')
        .argument('<files...>', 'saved exchanges, HTTP Archives (.har), or folders of them')
        .option('--speed <factor>', 'how many times as fast to answer, or "instant"', parseSpeed, 1)
        .option('--output <file>', 'write there instead of standard output', pathName)
        .addHelpText('after', RECORD_HELP)
        .action(recordFiles),
    )
}

async function importFiles(files: readonly string[], { output }: { output?: string }) {
  assertSpared(files, output)
  const imported = await Promise.all(files.map(importFile))
  const scenarios = imported.flatMap((each) => each.scenarios)
  if (scenarios.length === 0) {
    const why = imported.flatMap(({ notes }) => notes)
    throw new ScenarioError(why.join('\n') || `${files.join(', ')}: no fixtures`)
  }
  // What is written can be used.
  createMockLlm({ scenarios, findFault })

  const text = jsonText({ $schema: scenariosSchema.$id, scenarios }, 2)
  if (output === undefined) process.stdout.write(text)
  else await writeOutput(output, text)
  for (const note of imported.flatMap(({ notes }) => notes)) tell(escapeText(note))
}

async function recordFiles(
  files: readonly string[],
  { speed, output }: { speed: number; output?: string },
) {
  assertSpared(files, output)
  const saved = await readExchanges(files)
  const calls = saved.flatMap((each) =>
    'exchange' in each
      ? [{ name: basename(each.file), exchange: withoutSecrets(each.exchange) }]
      : [],
  )
  const unreadable = saved.flatMap((each) =>
    'unreadable' in each ? [`${each.file}: left out: ${each.unreadable}`] : [],
  )
  const recorded = recordScenarios(calls, { speed })
  const notes = [...unreadable, ...recorded.notes]
  const { scenarios } = recorded
  if (scenarios.length === 0) throw new ScenarioError(notes.join('\n'))
  // What is written can be used.
  createMockLlm({ scenarios, findFault })

  const text = await writeScenarios(scenarios)
  if (output === undefined) process.stdout.write(text)
  else await writeOutput(output, text)
  for (const note of notes) tell(escapeText(note))
}

/** @throws SoundcheckError where what is read would be written over. */
function assertSpared(files: readonly string[], output: string | undefined): void {
  if (output === undefined || !isAmong(output, files)) return
  throw new SoundcheckError('INVALID_INPUT', `"${output}" is read: name another file to write to`)
}

function withoutSecrets(exchange: Exchange): Exchange {
  return redactorFor(exchange.request).exchange(exchange)
}

function parseSpeed(text: string): number {
  const speed = text === 'instant' ? Infinity : Number(text)
  if (speed > 0) return speed
  throw new InvalidArgumentError('It must be a number above 0, or "instant".')
}

/** What it is to hold, the import knows. */
const FIXTURES: Kind<unknown> = { name: 'a fixture file of aimock', violationsOf: () => [] }

/** One file that is none does not cost the others. */
async function importFile(file: string): Promise<Imported> {
  try {
    return importAimock(await readJson(file, FIXTURES), file)
  } catch (error) {
    if (!(error instanceof ScenarioError || error instanceof SoundcheckError)) throw error
    return { scenarios: [], notes: [error.message] }
  }
}

const HELP = `
Examples:
  soundcheck scenarios import fixtures/*.json --output scenarios.json
  soundcheck serve --scenarios scenarios.json
`

const RECORD_HELP = `
Examples:
  soundcheck scenarios record calls/ > scenarios.yaml
  soundcheck scenarios record calls/ --speed 4 --output fast.yaml
  soundcheck serve --scenarios scenarios.yaml --strict
`
