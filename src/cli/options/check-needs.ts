import type { Command } from 'commander'

/** Options of `bench` that do nothing on their own, and those of which they need one. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  think: ['replay'],
  speculation: ['replay'],
  interruption: ['replay'],
  silence: ['replay'],
  chain: ['replay'],
  metric: ['vs'],
  margin: ['vs'],
  arrival: ['rate', 'findCapacity'],
}

/** Refuses what would be ignored, as a usage error. */
export function checkNeeds(command: Command): void {
  const isGiven = (name: string) =>
    !['default', undefined].includes(command.getOptionValueSource(name))
  const flagsOf = (name: string) =>
    command.options.find((option) => option.attributeName() === name)!.flags
  for (const [name, needs] of Object.entries(NEEDS)) {
    if (!isGiven(name) || needs.some(isGiven)) continue
    const either = needs.map((need) => `'${flagsOf(need)}'`).join(' or ')
    command.error(`error: option '${flagsOf(name)}' needs ${either}`)
  }
}
