import { type Command, InvalidArgumentError, Option } from 'commander'
import { callersKey, collect, numberBetween, pathName, wholeNumber } from './options.ts'

/** Where a gateway listens, unless it is told. */
export const GATEWAY_PORT = 8787
export const GATEWAY_HOST = '127.0.0.1'

/** Adds the options of `gateway`. */
export function withGatewayOptions(command: Command): Command {
  return withOperation(withCallers(withVoice(withUpstreams(command))))
}

/** What answers. */
function withUpstreams(command: Command): Command {
  return command
    .option(
      '--upstream <name|url>',
      'what answers: a provider, such as anthropic, or the base URL of a server; repeated, what is fallen back to',
      collect,
    )
    .option(
      '--model <name>',
      'the model that it is asked for: one for all, or one for each --upstream',
      collect,
    )
    .option(
      '--config <file>',
      'options to start from (default: soundcheck.gateway.ts or .json, if there is one)',
      pathName,
    )
}

/** What is done for the voice. */
function withVoice(command: Command): Command {
  const ms = wholeNumber(1, 600_000)
  return command
    .option('--buffer-words-after <ms>', 'say buffer words when nothing was said for so long', ms)
    .option('--buffer-words <text>', 'say these (repeatable: one of them)', collect)
    .option('--connect <ms>', 'limit for a connection (default: 2000)', ms)
    .option(
      '--first-content <ms>',
      'limit for the first content of an upstream (default: 3000)',
      ms,
    )
    .option('--silence <ms>', 'limit without anything said after that (default: 8000)', ms)
    .option('--total <ms>', 'limit for the whole answer (default: 60000)', ms)
    .option('--apology <text>', 'say this in place of an answer that does not come in time')
    .addOption(
      new Option('--reasoning <what>', 'what becomes of reasoning (default: drop)').choices([
        'drop',
        'send',
      ]),
    )
    .option(
      '--cache <seconds>',
      'give answers again that were given so long before',
      numberBetween(0.001, 31_536_000),
    )
    .option(
      '--store-responses <seconds>',
      'keep responses so long, for previous_response_id to go on from',
      numberBetween(0.001, 31_536_000),
    )
}

/** Who may ask, and how much. */
function withCallers(command: Command): Command {
  return command
    .option(
      '--port <n>',
      'port to listen on; 0 for any free one (default: 8787)',
      wholeNumber(0, 65_535),
    )
    .option('--host <address>', 'address to listen on (default: 127.0.0.1)')
    .addOption(
      new Option('--api-key <key>', 'require this bearer token (repeatable: one of them)')
        .argParser((key, keys: string[] | undefined) => collect(callersKey(key), keys))
        .env('SOUNDCHECK_API_KEY'),
    )
    .option(
      '--keys <file>',
      'require a key of this file, which is read again when it changes',
      pathName,
    )
    .option('--allow-anyone', 'answer whoever asks, without a key: at your expense')
    .option('--rate <n>/min', 'requests in a minute, of one key or address', rate)
    .option('--cors <origin>', 'let pages of this origin ask (repeatable)', collect)
    .option(
      '--body-limit <bytes>',
      'largest request body (default: 8388608)',
      wholeNumber(1, 2 ** 30),
    )
}

/** How it is run. */
function withOperation(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--redis <url>',
        'keep limits, answers and responses in Redis, for more than one instance',
      ).env('SOUNDCHECK_REDIS_URL'),
    )
    .addOption(
      new Option(
        '--redis-down <limits>',
        'whether limits let requests through while Redis cannot be reached (default: open)',
      ).choices(['open', 'closed']),
    )
    .option(
      '--drain <seconds>',
      'how long answers may take to end when it is stopped (default: 10)',
      numberBetween(0, 3_600),
    )
    .option('--log-content', 'log what was asked and said, too')
}

/** Parses `60/min`, or 60. */
function rate(text: string): number {
  const [, digits] = /^(\d{1,7})(?:\/min)?$/.exec(text) ?? []
  const perMinute = Number(digits)
  if (perMinute > 0) return perMinute
  throw new InvalidArgumentError('Write it as 60/min, with a whole number from 1 to 9999999.')
}
