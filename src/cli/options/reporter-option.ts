import { resolve } from 'node:path'
import { InvalidArgumentError, Option } from 'commander'
import { SoundcheckError } from '../../endpoint/index.ts'
import { isAmong } from '../files/is-among.ts'
import type { Output } from '../files/write-outputs.ts'

/** What says where reports go; `out` is a file for JSON beside all others. */
export interface OutputFlags<Name extends string> {
  readonly reporter?: readonly Output<Name>[]
  readonly json?: true
  readonly out?: string
}

/** `--reporter name[=file]`, repeatable; the names are those of these reporters. */
export function reporterOption(reporters: Readonly<Record<string, unknown>>): Option {
  const names = Object.keys(reporters)
  return new Option(
    '--reporter <name[=file]>',
    `how to report: ${names.join(', ')} (repeatable; default: terminal)`,
  ).argParser((text: string, outputs: Output<string>[] | undefined) => [
    ...(outputs ?? []),
    parse(text, names),
  ])
}

function parse(text: string, names: readonly string[]): Output<string> {
  const at = text.indexOf('=')
  const reporter = at < 0 ? text : text.slice(0, at)
  const file = at < 0 ? undefined : text.slice(at + 1)
  if (!names.includes(reporter)) {
    throw new InvalidArgumentError(`The reporters are ${names.join(', ')}.`)
  }
  if (file === '') throw new InvalidArgumentError(`Name a file after "${reporter}=".`)
  return { reporter, file }
}

/**
 * The outputs that the options ask for, of a command that reads or writes other files besides.
 *
 * @throws SoundcheckError when two of them would be written to the same place, or one over such a file.
 */
export function outputsOf<Name extends string>(
  { reporter = [], json, out }: OutputFlags<Name>,
  others: readonly (string | undefined)[] = [],
): readonly Output<Name | 'json' | 'terminal'>[] {
  const toStdout = (name: 'json' | 'terminal') => ({ reporter: name, file: undefined })
  const asked = [...(json ? [toStdout('json')] : []), ...reporter]
  const outputs = [
    ...(asked.length > 0 ? asked : [toStdout('terminal')]),
    ...(out === undefined ? [] : [{ reporter: 'json', file: out } as const]),
  ]
  const byPlace = Map.groupBy(outputs, ({ file }) => file && resolve(file))
  for (const [first, second] of byPlace.values()) {
    const { file } = first!
    const shown = file === undefined ? 'standard output' : `"${file}"`
    if (file !== undefined && isAmong(file, others)) {
      throw inTheWay(first!, `the reporter ${first!.reporter} would write over ${shown}; give it`)
    }
    if (!second) continue
    const both = `the reporters ${first!.reporter} and ${second.reporter}`
    throw inTheWay(second, `${both} would both write to ${shown}; give one`)
  }
  return outputs
}

function inTheWay({ reporter }: Output<string>, what: string): SoundcheckError {
  const own = `a file of its own, such as --reporter ${reporter}=report.${reporter}`
  return new SoundcheckError('INVALID_INPUT', `${what} ${own}`)
}
