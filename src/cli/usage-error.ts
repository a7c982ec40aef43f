import type { Command, CommanderError } from 'commander'
import { shownUrl } from '../endpoint/index.ts'

/** Options whose values must not be seen. */
const SECRET = /^error: option '[^']*--(?:header|api-key|control-token|extra-body)\b/

/** What there is to say of a command line that a command refuses, without values that may be secrets. */
export function usageError(error: CommanderError, refuser: Command | undefined): string {
  // All others end in a text that commander has written.
  if (!error.message.startsWith('error: ')) return ''
  const usage = error.code === 'commander.missingArgument' && refuser ? usageOf(refuser) : ''
  return `${withoutSecrets(error)}\n${usage}`
}

function usageOf(command: Command): string {
  const names: string[] = []
  for (let each: Command | null = command; each; each = each.parent) names.unshift(each.name())
  const name = names.join(' ')
  const lines = [
    `usage: ${name} ${command.usage()}`,
    ...command.registeredArguments.map((each) => `  ${each.name()}: ${each.description}`),
    `"${name} --help" tells more.`,
  ]
  return lines.map((line) => `${line}\n`).join('')
}

function withoutSecrets({ code, message }: CommanderError): string {
  switch (code) {
    case 'commander.unknownOption':
      // It may be `--apikey=...`, or `-k...`.
      return `error: unknown option '${/--[^=']*|-[^']/.exec(message)?.[0]}'${hintIn(message)}`
    case 'commander.unknownCommand':
      return `error: unknown command '${shownUrl(/'(.*)'/s.exec(message)?.[1] ?? '')}'${hintIn(message)}`
    case 'commander.excessArguments':
      // They may come from a header without its quotes.
      return message.replace(/( but got \d+): .*$/s, '$1; is something not quoted?')
    case 'commander.invalidArgument':
      return SECRET.test(message)
        ? message.replace(/ (?:argument|value) '.*'(?= is invalid| from env)/s, ' as it was given')
        : message
    default:
      return message
  }
}

function hintIn(message: string): string {
  return /\n\(Did you mean [^)]*\)$/.exec(message)?.[0] ?? ''
}
