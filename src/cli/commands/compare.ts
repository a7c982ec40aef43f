import { Command } from 'commander'
import { compare, type CompareOptions } from '../../bench/index.ts'
import { comparisonText, jsonText } from '../../report/index.ts'
import { exitCodeOfDifference, type ExitCode, worstOf } from '../exit-code.ts'
import { marginOption, metricOption } from '../options/compare-options.ts'
import { jsonOption } from '../options/options.ts'
import { readBenchReport } from '../files/read-bench-report.ts'
import { terminalStyle } from '../progress/terminal-style.ts'

interface Flags {
  readonly metric: NonNullable<CompareOptions['metric']>
  readonly margin: number
  readonly json?: true
}

/** `soundcheck compare <first> <others...>`. */
export function compareCommand(finish: (code: ExitCode) => void): Command {
  return new Command('compare')
    .description('tell whether runs of bench differ, or only seem to')
    .argument('<first>', 'report of bench (--out) to compare with')
    .argument('<others...>', 'reports to be compared')
    .addOption(metricOption)
    .addOption(marginOption)
    .addOption(jsonOption)
    .addHelpText('after', HELP)
    .action(async (first: string, others: string[], { json, ...options }: Flags) => {
      const before = await readBenchReport(first)
      const comparisons = []
      for (const file of others) {
        const comparison = compare(before, await readBenchReport(file), options)
        comparisons.push({ first, second: file, ...comparison })
        if (json) continue
        process.stdout.write(comparisonText(comparison, [first, file], terminalStyle()))
      }
      if (json) process.stdout.write(jsonText(comparisons, 2))
      finish(worstOf(comparisons.map(({ difference }) => exitCodeOfDifference(difference))))
    })
}

const HELP = `
Examples:
  soundcheck bench http://localhost:8000 --out before.json
  soundcheck compare before.json after.json --metric ttfs

Exit codes: 0 no difference or faster, 2 cannot run, 3 slower, 4 inconclusive.
Failures that differ by more than chance leave no difference of times but slower.
`
