import { appendFile } from 'node:fs/promises'
import { type Report, type ReportContext, type ReporterName, reporters } from '../report/index.ts'
import { cannotWrite } from './cannot-write.ts'
import type { Output } from './reporter-option.ts'
import { FILE_STYLE } from './terminal-style.ts'
import { writeOutputs } from './write-outputs.ts'

/**
 * Writes a report of `check` or `lint` in every way it was asked for.
 *
 * @throws SoundcheckError when a file cannot be written.
 */
export async function writeReports(
  report: Report,
  outputs: readonly Output<ReporterName>[],
  context: Omit<ReportContext, 'style'>,
): Promise<void> {
  await writeOutputs(outputs, report.verdict, (name, style) =>
    reporters[name](report, { ...context, style }),
  )
  if (outputs.some(({ reporter }) => reporter === 'github')) {
    await appendStepSummary(report, { ...context, style: FILE_STYLE })
  }
}

/** Within GitHub Actions, annotations come with the summary of the step. */
async function appendStepSummary(report: Report, context: ReportContext): Promise<void> {
  const file = process.env['GITHUB_STEP_SUMMARY']
  if (file === undefined || file === '') return
  await appendFile(file, `${reporters.markdown(report, context)}\n`).catch(cannotWrite(file))
}
