import type { CommanderError } from 'commander'
import { shownUrl } from '../endpoint/index.ts'

/** Options whose values must not be seen. */
const SECRET = /^error: option '[^']*--(?:header|api-key|control-token|extra-body)\b/

/** What there is to say of a command line that commander refuses, without values that may be secrets. */
export function usageError(error: CommanderError): string {
  // All others end in a text that commander has written.
  return error.message.startsWith('error: ') ? `${withoutSecrets(error)}\n` : ''
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
