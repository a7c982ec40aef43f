import { Command } from 'commander'
import { checkPageText, jsonText } from '../../report/index.ts'
import { describeCheck } from '../explain/describe-check.ts'
import { jsonOption } from '../options/options.ts'
import { findChecks } from '../explain/find-check.ts'
import { readExamples } from '../explain/read-examples.ts'
import { terminalStyle } from '../progress/terminal-style.ts'

/** `soundcheck explain <id>`. */
export function explainCommand(): Command {
  return new Command('explain')
    .description('show what a check requires, why, and how to fix failures')
    .argument('<id>', 'a check, such as sse/done, or one of its faults')
    .addOption(jsonOption)
    .action((id: string, { json }: { json?: true }) => {
      const found = findChecks(id)
      const [first] = found
      process.stdout.write(
        json
          ? jsonText(describeCheck(first!), 2)
          : checkPageText(found, terminalStyle(), readExamples()[first!.id] ?? {}),
      )
    })
}
