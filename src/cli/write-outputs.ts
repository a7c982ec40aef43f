import { dirname } from 'node:path'
import type { Verdict } from '../conformance/index.ts'
import type { TerminalStyle } from '../report/index.ts'
import { cannotWrite } from './cannot-write.ts'
import { makeFolder } from './make-folder.ts'
import type { Output } from './reporter-option.ts'
import { FILE_STYLE, terminalStyle } from './terminal-style.ts'
import { writeOutput } from './write-output.ts'
import { escapeText } from '../wire/index.ts'

/**
 * Makes the folders of reports, before the run that they are about.
 *
 * @throws SoundcheckError when a folder cannot be made.
 */
export async function makeFoldersFor(outputs: readonly Output<string>[]): Promise<void> {
  for (const { file } of outputs) {
    if (file === undefined) continue
    await makeFolder(dirname(file)).catch(cannotWrite(file))
  }
}

/**
 * Writes what each reporter says to where it was asked for; where all of it goes to files, one line
 * on standard error tells the verdict, and their names.
 *
 * @throws SoundcheckError when a file cannot be written.
 */
export async function writeOutputs<Name extends string>(
  outputs: readonly Output<Name>[],
  verdict: Verdict,
  textOf: (reporter: Name, style: TerminalStyle) => string,
): Promise<void> {
  for (const { reporter, file } of outputs) {
    const text = textOf(reporter, file === undefined ? terminalStyle() : FILE_STYLE)
    if (file === undefined) process.stdout.write(text)
    else await writeOutput(file, text)
  }
  const files = outputs.flatMap(({ file = [] }) => file)
  if (files.length < outputs.length) return
  process.stderr.write(`soundcheck: ${verdict}; see ${files.map(escapeText).join(', ')}\n`)
}
