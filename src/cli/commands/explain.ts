import { Command } from 'commander'
import { type Check, checks, SoundcheckError } from '../../conformance/index.ts'
import { checkPageText, jsonText } from '../../report/index.ts'
import { describeCheck } from './describe-check.ts'
import { jsonOption } from '../options/options.ts'
import { nearNames } from '../near-names.ts'
import { readExamples } from '../files/read-examples.ts'
import { terminalStyle } from '../progress/terminal-style.ts'

/** `soundcheck explain <id>`. */
export function explainCommand(): Command {
  return new Command('explain')
    .description('show what a check requires, why, and how to fix failures')
    .argument('<id>', 'a check, such as sse/done, or one of its faults')
    .addOption(jsonOption)
    .action((id: string, { json }: { json?: true }) => {
      const check = find(id)
      process.stdout.write(
        json
          ? jsonText(describeCheck(check), 2)
          : checkPageText(check, terminalStyle(), readExamples()[check.id]),
      )
    })
}

function find(id: string): Check {
  const name = id.slice(id.lastIndexOf('/') + 1)
  const check =
    checks.find((each) => each.id === id) ??
    checks.find(({ mutants }) => Object.hasOwn(mutants, name))
  if (check) return check
  const ids = checks.map((each) => each.id)
  const near =
    ids.filter((each) => each.startsWith(id)).join(', ') ||
    ids.filter((each) => each.includes(name)).join(', ') ||
    nearNames(id, [...ids, ...checks.flatMap(({ mutants }) => Object.keys(mutants))])
  const hint = near === '' ? '' : `; did you mean ${near}?`
  throw new SoundcheckError('UNKNOWN_CHECK', `there is no check "${id}"${hint}`)
}
