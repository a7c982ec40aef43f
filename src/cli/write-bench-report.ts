import { writeFile } from 'node:fs/promises'
import { Option } from 'commander'
import type { BenchReport } from '../bench/index.ts'
import { type BenchReporterName, benchReporters } from '../report/index.ts'
import { cannotWrite } from './cannot-write.ts'
import { terminalStyle } from './terminal-style.ts'

export interface BenchOutputFlags {
  readonly reporter: BenchReporterName
  readonly json?: true
  readonly out?: string
}

export const benchReporterOption = new Option('--reporter <name>', 'how to report')
  .choices(Object.keys(benchReporters))
  .default('terminal')

export const outOption = new Option('--out <file>', 'write the JSON report to a file as well')

/**
 * Writes a report to standard output, and to a file if one is named.
 *
 * @throws SoundcheckError when the file cannot be written.
 */
export async function writeBenchReport(
  report: BenchReport,
  { reporter, json, out }: BenchOutputFlags,
): Promise<void> {
  process.stdout.write(benchReporters[json ? 'json' : reporter](report, terminalStyle()))
  if (out === undefined) return
  await writeFile(out, benchReporters.json(report)).catch(cannotWrite(out))
}
