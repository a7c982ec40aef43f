import { InvalidArgumentError, Option } from 'commander'
import type { TargetOptions } from '../../endpoint/index.ts'
import { API_TYPES } from '../../protocol/index.ts'
import type { Header } from '../../wire/index.ts'

export const apiTypeOption = new Option(
  '--api-type <type>',
  'API that is asked, as ElevenLabs names it (default: what the URL ends in, else chat_completions)',
).choices(API_TYPES)

/** `--header 'name: value'`, repeatable. */
export const headerOption = new Option(
  '-H, --header <header>',
  "extra header, as 'name: value' (repeatable)",
).argParser((text: string, headers: Header[] | undefined) => {
  const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([^\r\n]*)$/.exec(text) ?? []
  if (name === undefined || value === undefined) {
    throw new InvalidArgumentError("Write it as 'name: value'.")
  }
  return [...(headers ?? []), [name, value] as const]
})

export const systemOption = new Option(
  '--system <text|file>',
  'system prompt in place of ours: the text of the file of that name, or what is given itself',
)

export const sinceOption = new Option(
  '--since <set>',
  'only checks of this requirement set, such as 2026-11, can fail the run (default: the newest)',
)

export const configOption = new Option(
  '--config <file>',
  'options to start from (default: soundcheck.config.ts or .json, if there is one)',
).argParser(pathName)

export const onlyOption = new Option(
  '--only <glob>',
  "judge only checks whose ids match, such as sse or 'tools/id-*' (repeatable)",
).argParser(collect)

export const skipOption = new Option('--skip <glob>', 'skip these checks (repeatable)').argParser(
  collect,
)

export const failOnOption = new Option('--fail-on <severity>', 'lowest severity that fails the run')
  .choices(['error', 'warning'])
  .default('error')

export const proxyOption = new Option(
  '--proxy <url>',
  'send through this proxy (default: HTTPS_PROXY or HTTP_PROXY, except to this machine and NO_PROXY)',
)

export const noProxyOption = new Option('--no-proxy', 'send without a proxy')

/** The value of {@link proxyOption}, or `false` by {@link noProxyOption}, as a run takes it. */
export function proxyOf(flag: string | false | undefined): TargetOptions['proxy'] {
  return flag === false ? undefined : (flag ?? process.env)
}

export const jsonOption = new Option('--json', 'write JSON')

export const outOption = new Option(
  '--out <file>',
  'write the JSON report to a file as well',
).argParser(pathName)

export const allOption = new Option(
  '--all',
  'show every metric and what it means, not only those with a budget or that a voice needs',
)

/** Gathers the values of an option that may be given more than once. */
export function collect(value: string, values: string[] | undefined): string[] {
  return [...(values ?? []), value]
}

/** Parses a key that requests have to bear: of an empty one, as a variable is that nobody set, they cannot. */
export function callersKey(text: string): string {
  if (text !== '' && text.trim() === text) return text
  throw new InvalidArgumentError(
    'It is empty, or begins or ends with a blank, so that no request could bear it: give a key, or unset it to need none.',
  )
}

/** Parses the name of a file or folder, which is empty where a variable of the shell is. */
export function pathName(text: string): string {
  if (text !== '') return text
  throw new InvalidArgumentError('Name a file or folder.')
}

/** Parses a whole number within bounds. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const number = toNumber(text)
    if (Number.isInteger(number) && number >= min && number <= max) return number
    throw new InvalidArgumentError(`Give a whole number from ${min} to ${max}.`)
  }
}

/** Parses a number within bounds. */
export function numberBetween(min: number, max: number): (text: string) => number {
  return (text) => {
    const number = toNumber(text)
    if (number >= min && number <= max) return number
    throw new InvalidArgumentError(`Give a number from ${min} to ${max}.`)
  }
}

const MAX_POSITIVE = 1_000_000

/** Parses a number above 0. */
export function positive(text: string): number {
  const number = toNumber(text)
  if (number > 0 && number <= MAX_POSITIVE) return number
  throw new InvalidArgumentError(`Give a number above 0, and at most ${MAX_POSITIVE}.`)
}

/** Parses a share that is neither none nor all. */
export function share(text: string): number {
  const number = toNumber(text)
  if (number > 0 && number < 1) return number
  throw new InvalidArgumentError('Give a share above 0 and below 1, such as 0.05.')
}

const MAX_SECONDS = 3_600

/** Parses seconds, fractions included, to milliseconds. */
export function seconds(text: string): number {
  const number = toNumber(text)
  if (number > 0 && number <= MAX_SECONDS) return number * 1_000
  throw new InvalidArgumentError(`Give seconds, more than 0 and at most ${MAX_SECONDS}.`)
}

/** Parses seconds, fractions included, to milliseconds, where none is a time, too. */
export function secondsOrNone(text: string): number {
  const number = toNumber(text)
  if (number >= 0 && number <= MAX_SECONDS) return number * 1_000
  throw new InvalidArgumentError(`Give seconds, from 0 to ${MAX_SECONDS}.`)
}

/** What is blank is no number, unlike to JavaScript. */
function toNumber(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text)
}
