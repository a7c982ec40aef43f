import { Command } from 'commander'
import { findFault, SoundcheckError } from '../../conformance/index.ts'
import {
  createMockLlm,
  importAimock,
  type Imported,
  scenariosSchema,
  ScenarioError,
} from '../../mocks/index.ts'
import { jsonText } from '../../report/index.ts'
import { type Kind, readJson } from '../files/read-json.ts'
import { tell } from '../tell.ts'
import { writeOutput } from '../files/write-output.ts'
import { escapeText } from '../../wire/index.ts'

/** `soundcheck scenarios`. */
export function scenariosCommand(): Command {
  return new Command('scenarios')
    .description('work with scenarios of the mock')
    .addCommand(
      new Command('import')
        .description('turn fixture files of aimock into scenarios')
        .argument('<files...>', 'fixture files, in JSON')
        .option('--output <file>', 'write there instead of standard output')
        .addHelpText('after', HELP)
        .action(importFiles),
    )
}

async function importFiles(files: readonly string[], { output }: { output?: string }) {
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
