import { type Command, InvalidArgumentError, type Option } from 'commander'
import type { Config } from '../../config/index.ts'
import { SoundcheckError } from '../../conformance/index.ts'
import { readConfig } from '../files/config-file.ts'

/** Options that may be given more than once have a plural in the file. */
const OPTION_OF: Partial<Record<keyof Config, string>> = {
  budgets: 'budget',
  headers: 'header',
  reporters: 'reporter',
}

/**
 * Gives a command the options of the configuration file, as if they had been typed, where the command
 * line does not name them. Those that the command does not have are for other commands.
 *
 * @throws SoundcheckError for a file that cannot be used, and for a value that an option refuses.
 */
export async function applyConfig(command: Command): Promise<void> {
  const found = await readConfig(command.opts<{ config?: string }>().config)
  if (!found) return
  for (const [key, value] of Object.entries(found.config)) {
    const name = OPTION_OF[key as keyof Config] ?? key
    const position = command.registeredArguments.findIndex((each) => each.name() === key)
    if (position >= 0) command.processedArgs[position] ??= value
    const option = command.options.find((each) => each.attributeName() === name)
    if (!option || wasTyped(command, name) || value === false) continue
    command.setOptionValueWithSource(name, parse(option, found.file, key, value), 'config')
  }
}

/** `--json` is short for a reporter. */
function wasTyped(command: Command, name: string): boolean {
  const source = command.getOptionValueSource(name)
  if (source !== undefined && source !== 'default') return true
  return name === 'reporter' && command.getOptionValueSource('json') !== undefined
}

/** Parses a value in the way in which the command line parses it. */
function parse(option: Option, file: string, key: string, value: Config[keyof Config]): unknown {
  const { parseArg } = option
  if (typeof value === 'boolean' || !parseArg) return value
  return partsOf(key, value).reduce<unknown>((previous, { text, shown }) => {
    try {
      return parseArg(text, previous)
    } catch (error) {
      if (!(error instanceof InvalidArgumentError)) throw error
      throw new SoundcheckError(
        'INVALID_INPUT',
        `${file} cannot be used: /${key}${shown}. ${error.message}`,
      )
    }
  }, undefined)
}

/** What an option takes one by one, and what may be shown of it: a header may hold a key. */
function partsOf(key: string, value: Config[keyof Config]): { text: string; shown: string }[] {
  if (Array.isArray(value)) {
    return value.map((text, i) => ({ text, shown: `/${i} is ${JSON.stringify(text)}` }))
  }
  // It may hold secrets.
  if (key === 'extraBody') return [{ text: JSON.stringify(value), shown: '' }]
  if (typeof value !== 'object') return [{ text: String(value), shown: ` is ${value}` }]
  return Object.entries(value).map(([name, each]) => ({
    text: `${name}: ${String(each)}`,
    // Where a colon was forgotten, the name holds the key.
    shown: `/${/^[\w-]*/.exec(name)![0]} is no header`,
  }))
}
