import { Command, Option } from 'commander'
import { merge } from '../bench/index.ts'
import { type BenchReporterName, benchReporters } from '../report/index.ts'
import { type ExitCode, exitCodeOf } from './exit-code.ts'
import { jsonOption, outOption } from './options.ts'
import { readBenchReport } from './read-bench-report.ts'
import { type OutputFlags, outputsOf, reporterOption } from './reporter-option.ts'
import { makeFoldersFor, writeOutputs } from './write-outputs.ts'

export const allOption = new Option(
  '--all',
  'show every metric and what it means, not only those with a budget or that a voice needs',
)

interface MergeFlags extends OutputFlags<BenchReporterName> {
  readonly all?: true
}

/** `soundcheck bench merge <files...>`. */
export function mergeCommand(finish: (code: ExitCode) => void): Command {
  return new Command('merge')
    .description('add up the reports of all shards of a run')
    .argument('<files...>', 'what "bench --shard --out" wrote')
    .addOption(allOption)
    .addOption(reporterOption(benchReporters))
    .addOption(outOption)
    .addOption(jsonOption)
    .action(async (files: string[], flags: MergeFlags) => {
      const outputs = outputsOf(flags)
      await makeFoldersFor(outputs)
      const report = merge(await Promise.all(files.map(readBenchReport)))
      await writeOutputs(outputs, report.verdict, (name, style) =>
        benchReporters[name](report, { ...style, isWhole: flags.all === true }),
      )
      finish(exitCodeOf(report.verdict))
    })
}
