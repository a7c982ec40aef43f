import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { TerminalStyle } from '../report/index.ts'
import { cannotWrite } from './cannot-write.ts'
import type { Output } from './reporter-option.ts'
import { FILE_STYLE, terminalStyle } from './terminal-style.ts'

/**
 * Makes the folders of reports, before the run that they are about.
 *
 * @throws SoundcheckError when a folder cannot be made.
 */
export async function makeFoldersFor(outputs: readonly Output<string>[]): Promise<void> {
  for (const { file } of outputs) {
    if (file === undefined) continue
    await mkdir(dirname(file), { recursive: true }).catch(cannotWrite(file))
  }
}

/**
 * Writes what each reporter says to where it was asked for.
 *
 * @throws SoundcheckError when a file cannot be written.
 */
export async function writeOutputs<Name extends string>(
  outputs: readonly Output<Name>[],
  textOf: (reporter: Name, style: TerminalStyle) => string,
): Promise<void> {
  for (const { reporter, file } of outputs) {
    const text = textOf(reporter, file === undefined ? terminalStyle() : FILE_STYLE)
    if (file === undefined) process.stdout.write(text)
    else await writeFile(file, text).catch(cannotWrite(file))
  }
}
