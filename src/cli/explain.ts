import { Command } from 'commander'
import { type Check, checks } from '../conformance/index.ts'
import { checkPageText } from '../report/index.ts'
import { describeCheck } from './describe-check.ts'
import { jsonOption } from './options.ts'
import { terminalStyle } from './terminal-style.ts'
import { UsageError } from './usage-error.ts'

/** `soundcheck explain <id>`. */
export function explainCommand(): Command {
  return new Command('explain')
    .description('what a check wants, why, and how to mend what it finds')
    .argument('<id>', 'such as sse/done')
    .addOption(jsonOption)
    .action((id: string, { json }: { json?: true }) => {
      const check = find(id)
      process.stdout.write(
        json
          ? `${JSON.stringify(describeCheck(check), null, 2)}\n`
          : checkPageText(check, terminalStyle()),
      )
    })
}

function find(id: string): Check {
  const check = checks.find((each) => each.id === id)
  if (check) return check
  const name = id.split('/').at(-1)!
  const near = checks.filter((each) => each.id.includes(name)).map((each) => each.id)
  const hint = near.length > 0 ? `did you mean ${near.join(', ')}?` : 'see "soundcheck checks"'
  throw new UsageError(`there is no check "${id}"; ${hint}`)
}
