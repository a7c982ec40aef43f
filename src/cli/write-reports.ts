import { appendFile, mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Report, type ReportContext, reporters } from '../report/index.ts'
import { cannotWrite } from './cannot-write.ts'
import type { Output } from './reporter-option.ts'
import { FILE_STYLE, terminalStyle } from './terminal-style.ts'

/**
 * Makes the folders of reports, before the run that they are about.
 *
 * @throws SoundcheckError when a folder cannot be made.
 */
export async function makeFoldersFor(outputs: readonly Output[]): Promise<void> {
  for (const { file } of outputs) {
    if (file === undefined) continue
    await mkdir(dirname(file), { recursive: true }).catch(cannotWrite(file))
  }
}

/**
 * Writes a report in every way it was asked for.
 *
 * @throws SoundcheckError when a file cannot be written.
 */
export async function writeReports(
  report: Report,
  outputs: readonly Output[],
  context: Omit<ReportContext, 'style'>,
): Promise<void> {
  for (const { reporter, file } of outputs) {
    const style = file === undefined ? terminalStyle() : FILE_STYLE
    const text = reporters[reporter](report, { ...context, style })
    if (file === undefined) process.stdout.write(text)
    else await writeFile(file, text).catch(cannotWrite(file))
    if (reporter === 'github') await appendStepSummary(report, { ...context, style })
  }
}

/** Within GitHub Actions, annotations come with the summary of the step. */
async function appendStepSummary(report: Report, context: ReportContext): Promise<void> {
  const file = process.env['GITHUB_STEP_SUMMARY']
  if (file === undefined || file === '') return
  await appendFile(file, `${reporters.markdown(report, context)}\n`).catch(cannotWrite(file))
}
