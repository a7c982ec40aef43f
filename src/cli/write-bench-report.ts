import { writeFile } from 'node:fs/promises'
import { type BenchReport, SoundcheckError } from '../bench/index.ts'
import { benchReportText } from '../report/index.ts'
import { terminalStyle } from './terminal-style.ts'

/**
 * Writes a report to standard output, and to a file if one is named.
 *
 * @throws SoundcheckError when the file cannot be written.
 */
export async function writeBenchReport(
  report: BenchReport,
  { json, out }: { readonly json?: true; readonly out?: string },
): Promise<void> {
  const text = `${JSON.stringify(report)}\n`
  process.stdout.write(json ? text : benchReportText(report, terminalStyle()))
  if (out === undefined) return
  await writeFile(out, text).catch((error: Error) => {
    throw new SoundcheckError('INVALID_INPUT', `cannot write to "${out}": ${error.message}`)
  })
}
