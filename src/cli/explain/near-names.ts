import { Command } from 'commander'

/** Those of these names that a word may be a slip for, by the measure that commander has for commands. */
export function nearNames(word: string, names: readonly string[]): readonly string[] {
  const program = new Command()
    .helpCommand(false)
    .helpOption(false)
    .exitOverride()
    .configureOutput({ outputError: () => {} })
  for (const name of new Set(names)) program.command(name)
  try {
    program.parse([word], { from: 'user' })
  } catch (error) {
    const [, near] = /\(Did you mean (?:one of )?(.*)\?\)$/.exec((error as Error).message) ?? []
    return near?.split(', ') ?? []
  }
  return []
}
