import { Command } from 'commander'
import { merge } from '../../bench/index.ts'
import { type BenchReporterName, benchReporters } from '../../report/index.ts'
import { type ExitCode, exitCodeOf } from '../exit-code.ts'
import { allOption, jsonOption, outOption } from '../options/options.ts'
import { readLoggedReports } from '../files/read-bench-report.ts'
import { type OutputFlags, outputsOf, reporterOption } from '../options/reporter-option.ts'
import { tell } from '../tell.ts'
import { makeFoldersFor, writeOutputs } from '../files/write-outputs.ts'

interface MergeFlags extends OutputFlags<BenchReporterName> {
  readonly all?: true
}

/** `soundcheck bench merge <files...>`. */
export function mergeCommand(finish: (code: ExitCode) => void): Command {
  return new Command('merge')
    .description('add up the reports of all shards of a run')
    .argument('<files...>', 'what "bench --shard --out" wrote, or logs of "bench --shard --json"')
    .addOption(allOption)
    .addOption(reporterOption(benchReporters))
    .addOption(outOption)
    .addOption(jsonOption)
    .addHelpText('after', HELP)
    .action(async (files: string[], flags: MergeFlags) => {
      const outputs = outputsOf(flags, files)
      await makeFoldersFor(outputs)
      const logs = await Promise.all(files.map(readLoggedReports))
      const skipped = logs.reduce((sum, { skippedLines }) => sum + skippedLines, 0)
      if (skipped > 0) {
        const lines = skipped === 1 ? '1 line that is' : `${skipped} lines that are`
        tell(`skipped ${lines} no report`)
      }
      const report = merge(logs.flatMap(({ reports }) => reports))
      await writeOutputs(outputs, report.verdict, (name, style) =>
        benchReporters[name](report, { ...style, isWhole: flags.all === true }),
      )
      finish(exitCodeOf(report.verdict))
    })
}

const HELP = `
Reports that were asked different things, or of shards of which one had ended before another began, are
refused. Where one began late, by more than a tenth of the run, the whole is inconclusive.

Exit codes: 0 good, 2 cannot run, 3 budgets broken, 4 inconclusive.
`
