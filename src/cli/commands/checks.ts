import { Command, Option } from 'commander'
import { checks, checksFor } from '../../conformance/index.ts'
import { API_TYPES, type ApiType, dialectOfType } from '../../protocol/index.ts'
import { checkListText, jsonText } from '../../report/index.ts'
import { describeCheck } from '../explain/describe-check.ts'
import { jsonOption } from '../options/options.ts'
import { terminalStyle } from '../progress/terminal-style.ts'

/** `soundcheck checks`. */
export function checksCommand(): Command {
  return new Command('checks')
    .description('list the checks')
    .addOption(
      new Option('--api-type <type>', 'only those of this API (default: of both)').choices(
        API_TYPES,
      ),
    )
    .addOption(jsonOption)
    .action(({ apiType, json }: { apiType?: ApiType; json?: true }) => {
      const listed = apiType ? checksFor(dialectOfType(apiType)) : checks
      process.stdout.write(
        json ? jsonText(listed.map(describeCheck), 2) : checkListText(listed, terminalStyle()),
      )
    })
}
