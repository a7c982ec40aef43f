import { InvalidArgumentError, Option } from 'commander'
import { SoundcheckError } from '../conformance/index.ts'
import { type ReporterName, reporters } from '../report/index.ts'

/** A reporter, and the file it writes to; standard output when there is none. */
export interface Output {
  readonly reporter: ReporterName
  readonly file: string | undefined
}

const NAMES = Object.keys(reporters) as ReporterName[]

/** `--reporter name[=file]`, repeatable. */
export const reporterOption = new Option(
  '--reporter <name[=file]>',
  `how to report: ${NAMES.join(', ')} (repeatable; default: terminal)`,
).argParser((text: string, outputs: Output[] | undefined) => [...(outputs ?? []), parse(text)])

function parse(text: string): Output {
  const at = text.indexOf('=')
  const name = at < 0 ? text : text.slice(0, at)
  const file = at < 0 ? undefined : text.slice(at + 1)
  const reporter = NAMES.find((each) => each === name)
  if (!reporter) throw new InvalidArgumentError(`The reporters are ${NAMES.join(', ')}.`)
  if (file === '') throw new InvalidArgumentError(`Name a file after "${name}=".`)
  return { reporter, file }
}

/**
 * The outputs that the options ask for.
 *
 * @throws SoundcheckError when two of them would be written to the same place.
 */
export function outputsOf(flags: { reporter?: readonly Output[]; json?: true }): readonly Output[] {
  const asked: readonly Output[] = [
    ...(flags.json ? [{ reporter: 'json', file: undefined } as const] : []),
    ...(flags.reporter ?? []),
  ]
  const byPlace = Map.groupBy(asked, ({ file }) => file)
  for (const [file, [first, second]] of byPlace) {
    if (!first || !second) continue
    const place = file === undefined ? 'standard output' : `"${file}"`
    throw new SoundcheckError(
      'INVALID_INPUT',
      `the reporters ${first.reporter} and ${second.reporter} would both write to ${place}; ` +
        `give one a file of its own, such as --reporter ${second.reporter}=report.${second.reporter}`,
    )
  }
  return asked.length > 0 ? asked : [{ reporter: 'terminal', file: undefined }]
}
