import { Command } from 'commander'
import { compare, type CompareOptions } from '../../bench/index.ts'
import { callsComparisonText, comparisonText, jsonText } from '../../report/index.ts'
import { compareCalls } from '../compare/compare-calls.ts'
import { EXIT, exitCodeOfDifference, type ExitCode, worstOf } from '../exit-code.ts'
import { marginOption, metricOption } from '../options/compare-options.ts'
import { jsonOption } from '../options/options.ts'
import { readBenchReport } from '../files/read-bench-report.ts'
import { terminalStyle } from '../progress/terminal-style.ts'
import { isFolder } from '../../wire/node.ts'

interface Flags {
  readonly metric: NonNullable<CompareOptions['metric']>
  readonly margin: number
  readonly json?: true
}

/** `soundcheck compare <first> <others...>`. */
export function compareCommand(finish: (code: ExitCode) => void): Command {
  return new Command('compare')
    .description(
      'tell whether runs of bench differ, or only seem to; or what changed in saved calls',
    )
    .argument('<first>', 'report of bench (--out), or folder of saved exchanges, to compare with')
    .argument('<others...>', 'reports, or folders, to be compared')
    .addOption(metricOption)
    .addOption(marginOption)
    .addOption(jsonOption)
    .addHelpText('after', HELP)
    .action(async (first: string, others: string[], flags: Flags, command: Command) => {
      const isOfCalls = await isFolder(first)
      if (isOfCalls) refuseWhatIsOfReports(command)
      const compareAll = isOfCalls ? compareFolders : compareReports
      finish(await compareAll(first, others, flags))
    })
}

function refuseWhatIsOfReports(command: Command): void {
  for (const option of [metricOption, marginOption]) {
    if (command.getOptionValueSource(option.attributeName()) !== 'cli') continue
    command.error(`error: option '${option.flags}' is of reports of bench, and not of folders`)
  }
}

async function compareReports(
  first: string,
  others: readonly string[],
  { json, ...options }: Flags,
): Promise<ExitCode> {
  const before = await readBenchReport(first)
  const comparisons = []
  for (const file of others) {
    const comparison = compare(before, await readBenchReport(file), options)
    comparisons.push({ first, second: file, ...comparison })
    if (json) continue
    process.stdout.write(comparisonText(comparison, [first, file], terminalStyle()))
  }
  if (json) process.stdout.write(jsonText(comparisons, 2))
  return worstOf(comparisons.map(({ difference }) => exitCodeOfDifference(difference)))
}

async function compareFolders(
  first: string,
  others: readonly string[],
  { json }: Flags,
): Promise<ExitCode> {
  const comparisons = []
  for (const second of others) {
    const comparison = await compareCalls(first, second)
    comparisons.push({ first, second, ...comparison })
    if (json) continue
    process.stdout.write(callsComparisonText(comparison, [first, second], terminalStyle()))
  }
  if (json) process.stdout.write(jsonText(comparisons, 2))
  const isWorse = comparisons.some(({ findings }) =>
    findings.some(({ severity, calls: [before] }) => severity === 'error' && before === 0),
  )
  return isWorse ? EXIT.failures : EXIT.good
}

const HELP = `
Examples:
  soundcheck bench http://localhost:8000 --out before.json
  soundcheck compare before.json after.json --metric ttfs
  soundcheck compare before/ after/

Slower and faster: the 90 % interval of the difference of medians lies beyond --margin; no difference:
it lies within; inconclusive: it reaches across, and more requests would tell. Runs that were not alike
(another model, load, prompt, ...) are named, and compared all the same.

Exit codes: 0 no difference or faster, 2 cannot run, 3 slower, 4 inconclusive.
Failures that differ by more than chance leave no difference of times but slower.
Of folders: 0 no new errors, 1 errors of a kind that there was not before, 2 cannot run.
`
