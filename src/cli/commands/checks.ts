import { Command } from 'commander'
import { checks } from '../../conformance/index.ts'
import { checkListText, jsonText } from '../../report/index.ts'
import { describeCheck } from '../explain/describe-check.ts'
import { jsonOption } from '../options/options.ts'
import { terminalStyle } from '../progress/terminal-style.ts'

/** `soundcheck checks`. */
export function checksCommand(): Command {
  return new Command('checks')
    .description('list the checks')
    .addOption(jsonOption)
    .action(({ json }: { json?: true }) => {
      process.stdout.write(
        json ? jsonText(checks.map(describeCheck), 2) : checkListText(checks, terminalStyle()),
      )
    })
}
