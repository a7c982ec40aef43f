import { dirname } from 'node:path'
import type { Verdict } from '../../conformance/index.ts'
import type { TerminalStyle } from '../../report/index.ts'
import { cannotWrite } from './cannot-write.ts'
import { doAll } from './do-all.ts'
import { isFolder, makeFolder } from '../../wire/node.ts'
import { FILE_STYLE, terminalStyle } from '../progress/terminal-style.ts'
import { tell } from '../tell.ts'
import { writeOutput } from './write-output.ts'
import { escapeText } from '../../wire/index.ts'

/** A reporter, and the file it writes to; standard output when there is none. */
export interface Output<Name extends string> {
  readonly reporter: Name
  readonly file: string | undefined
}

/**
 * Makes the folders of reports, before the run that they are about.
 *
 * @throws SoundcheckError when no report at all could be written.
 */
export async function makeFoldersFor(
  outputs: readonly Pick<Output<string>, 'file'>[],
): Promise<void> {
  const made = await Promise.allSettled(
    outputs.map(async ({ file }) => {
      if (file !== undefined) await makePlaceFor(file).catch(cannotWrite(file))
    }),
  )
  const [failed] = made.filter((each) => each.status === 'rejected')
  if (failed && made.every((each) => each.status === 'rejected')) throw failed.reason
}

async function makePlaceFor(file: string): Promise<void> {
  await makeFolder(dirname(file))
  if (await isFolder(file)) throw new Error('it is a folder')
}

/**
 * Writes what each reporter says to where it was asked for; where all of it goes to files, one line
 * on standard error tells the verdict, and their names.
 *
 * @throws SoundcheckError when files cannot be written, after all others were.
 */
export async function writeOutputs<Name extends string>(
  outputs: readonly Output<Name>[],
  verdict: Verdict,
  textOf: (reporter: Name, style: TerminalStyle) => string,
): Promise<void> {
  const written: string[] = []
  const writeOne = async ({ reporter, file }: Output<Name>) => {
    const text = textOf(reporter, file === undefined ? terminalStyle() : FILE_STYLE)
    if (file === undefined) return void process.stdout.write(text)
    await writeOutput(file, text)
    written.push(escapeText(file))
  }
  const tellVerdict = () => {
    if (written.length === 0 || outputs.some(({ file }) => file === undefined)) return
    tell(`${verdict}; see ${written.join(', ')}`)
  }
  await doAll([...outputs.map((output) => () => writeOne(output)), tellVerdict])
}
