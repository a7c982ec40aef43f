import { Command } from 'commander'
import { Linter, lintInSlices, type ProfileId } from '../../conformance/index.ts'
import type { ReporterName } from '../../report/index.ts'
import { applyConfig } from '../options/apply-config.ts'
import { EXIT, type ExitCode, exitCodeOf } from '../exit-code.ts'
import { keepHeapSmall } from '../keep-heap-small.ts'
import { onInterrupt } from '../progress/on-interrupt.ts'
import { withLintOptions } from '../options/lint-options.ts'
import { readSaved } from '../files/read-saved.ts'
import { type OutputFlags, outputsOf } from '../options/reporter-option.ts'
import { makeFoldersFor } from '../files/write-outputs.ts'
import { writeReports } from '../files/write-reports.ts'

interface Flags extends Omit<OutputFlags<ReporterName>, 'out'> {
  readonly profile: ProfileId
  readonly since?: string
  readonly only?: string[]
  readonly skip?: string[]
  readonly failOn: 'error' | 'warning'
}

/** `soundcheck lint <files...>`. */
export function lintCommand(finish: (code: ExitCode) => void): Command {
  const command = new Command('lint')
    .description('check saved exchanges (.json) or raw SSE bodies offline')
    .argument('<files...>', 'files, folders of them, or - for a body on standard input')
  return withLintOptions(command)
    .addHelpText('after', HELP)
    .hook('preAction', applyConfig)
    .action(async (files: string[], { reporter, json, ...options }: Flags) => {
      keepHeapSmall()
      const outputs = outputsOf({ ...(reporter && { reporter }), ...(json && { json }) }, files)
      await makeFoldersFor(outputs)
      const linter = new Linter(options)
      const saved = await readSaved(files)
      const signal = onInterrupt()
      const report = await lintInSlices(linter, saved, signal)
      await writeReports(report, outputs, options)
      finish(signal.aborted ? EXIT.interrupted : exitCodeOf(report.verdict))
    })
}

const HELP = `
Examples:
  curl -N ... | soundcheck lint -
  soundcheck check http://localhost:8000 --save exchanges; soundcheck lint exchanges

Exit codes: 0 good, 1 failures, 2 cannot run, 4 inconclusive, 130 interrupted.
`
