import { appendFile } from 'node:fs/promises'
import {
  type Report,
  type ReportContext,
  type ReporterName,
  reporters,
} from '../../report/index.ts'
import { cannotWrite } from './cannot-write.ts'
import { doAll } from './do-all.ts'
import { FILE_STYLE } from '../progress/terminal-style.ts'
import { type Output, writeOutputs } from './write-outputs.ts'

/**
 * Writes a report of `check` or `lint` in every way it was asked for.
 *
 * @throws SoundcheckError when files cannot be written, after all others were.
 */
export async function writeReports(
  report: Report,
  outputs: readonly Output<ReporterName>[],
  context: Omit<ReportContext, 'style'>,
): Promise<void> {
  await doAll([
    () =>
      writeOutputs(outputs, report.verdict, (name, style) =>
        reporters[name](report, { ...context, style }),
      ),
    async () => {
      if (outputs.every(({ reporter }) => reporter !== 'github')) return
      await appendStepSummary(report, { ...context, style: FILE_STYLE })
    },
  ])
}

/** Within GitHub Actions, annotations come with the summary of the step. */
async function appendStepSummary(report: Report, context: ReportContext): Promise<void> {
  const file = process.env['GITHUB_STEP_SUMMARY']
  if (file === undefined || file === '') return
  await appendFile(file, `${reporters.markdown(report, context)}\n`).catch(cannotWrite(file))
}
