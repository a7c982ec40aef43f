import { Command } from 'commander'
import { merge } from '../bench/index.ts'
import { type ExitCode, exitCodeOf } from './exit-code.ts'
import { jsonOption } from './options.ts'
import { readBenchReport } from './read-bench-report.ts'
import {
  type BenchOutputFlags,
  benchReporterOption,
  outOption,
  writeBenchReport,
} from './write-bench-report.ts'

/** `soundcheck bench merge <files...>`. */
export function mergeCommand(finish: (code: ExitCode) => void): Command {
  return new Command('merge')
    .description('add up the reports of all shards of a run')
    .argument('<files...>', 'what "bench --shard --out" wrote')
    .addOption(benchReporterOption)
    .addOption(outOption)
    .addOption(jsonOption)
    .action(async (files: string[], flags: BenchOutputFlags) => {
      const report = merge(await Promise.all(files.map(readBenchReport)))
      await writeBenchReport(report, flags)
      finish(exitCodeOf(report.verdict))
    })
}
