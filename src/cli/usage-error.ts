import type { Command, CommanderError } from 'commander'
import { shownUrl } from '../endpoint/index.ts'

/** How commander begins all that it refuses. */
const PREFIX = 'error: '
/** Options whose values must not be seen. */
const SECRET = /^option '[^']*--(?:header|api-key|control-token|extra-body|redis)\b/
/** Of a command line, or of a variable, whose name may be seen. */
const VALUE = / argument '.*'(?= is invalid)| value '.*'(?= from env '\w+' is invalid)/s

/**
 * What there is to say of a command line that a command refuses, without values that may be secrets;
 * `undefined` where commander has said it.
 */
export function usageError(
  { code, message }: CommanderError,
  refuser: Command,
): string | undefined {
  if (!message.startsWith(PREFIX)) return undefined
  const refusal = message.slice(PREFIX.length)
  switch (code) {
    case 'commander.unknownCommand':
      return unknownCommand(refusal, refuser)
    case 'commander.unknownOption':
      // It may be `--apikey=...`, or `-k...`.
      return `unknown option '${/--[^=']*|-[^']/.exec(refusal)?.[0]}'${suggestionIn(refusal)}`
    case 'commander.missingArgument':
      return `${refusal}\n${usageOf(refuser)}`
    case 'commander.excessArguments':
      // They may come from a header without its quotes.
      return refusal.replace(/( but got \d+): .*$/s, '$1; is something not quoted?')
    case 'commander.invalidArgument':
      return SECRET.test(refusal) ? refusal.replace(VALUE, ' as it was given') : refusal
    default:
      return refusal
  }
}

function unknownCommand(refusal: string, refuser: Command): string {
  const name = shownUrl(/'(.*)'/s.exec(refusal)?.[1] ?? '')
  const suggestion = suggestionIn(refusal)
  // What stands in the place of a command may be meant for a URL.
  const otherwise =
    refuser.parent || suggestion !== '' ? '' : '; a URL begins with http:// or https://'
  return `there is no command "${name}"${suggestion}\n"${nameOf(refuser)} --help" lists them all${otherwise}.`
}

function suggestionIn(refusal: string): string {
  const near = /\n\(Did you mean (?:one of )?([^)]*)\?\)$/.exec(refusal)?.[1]
  return near === undefined ? '' : `; did you mean ${near}?`
}

function usageOf(command: Command): string {
  return [
    `usage: ${nameOf(command)} ${command.usage()}`,
    ...command.registeredArguments.map((each) => `  ${each.name()}: ${each.description}`),
    `"${nameOf(command)} --help" tells more.`,
  ].join('\n')
}

function nameOf(command: Command): string {
  return command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name()
}
