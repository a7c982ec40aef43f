import { type Command, InvalidArgumentError, Option } from 'commander'
import { parseMoment, parseShard, type Shard } from '../../bench/index.ts'
import {
  numberBetween,
  pathName,
  positive,
  seconds,
  secondsOrNone,
  share,
  systemOption,
  wholeNumber,
} from './options.ts'

/** Adds the options of `bench` that say what is sent, and when. */
export function withLoadOptions(command: Command): Command {
  return withRequests(withShare(withSchedule(command)))
}

function withSchedule(command: Command): Command {
  return command
    .option(
      '--concurrency <n,...>',
      'requests at a time (closed loop; default: 1); several, such as 1,8,64, each in its turn',
      listOf(wholeNumber(1, 65_536)),
    )
    .addOption(
      new Option(
        '--rate <n,...>',
        'requests (with --replay: conversations) a second, however long answers take (open loop); one or several',
      )
        .argParser(listOf(positive))
        .conflicts('concurrency'),
    )
    .addOption(
      new Option('--arrival <kind>', 'spacing in an open loop')
        .choices(['constant', 'poisson'])
        .default('poisson'),
    )
    .option('--ramp-to <n>', 'rate at the end of an open loop', positive)
    .addOption(secondsOption('--duration', 'how long to measure', 30))
    .option(
      '--requests <n>',
      'stop after so many requests (with --replay: conversations)',
      wholeNumber(1, 1e9),
    )
    .addOption(
      new Option('--warmup <seconds>', 'before anything is measured')
        .argParser(secondsOrNone)
        .default(3_000, '3'),
    )
}

/** What part of the run this machine sends, and when it gives up. */
function withShare(command: Command): Command {
  return command
    .option('--seed <n>', 'seed of the schedule and of what is asked', wholeNumber(0, 2 ** 31), 0)
    .addOption(secondsOption('--timeout', 'time limit per request', 20))
    .option('--stop-on-errors <share>', 'stop when more requests fail, such as 0.5', share)
    .addOption(new Option('--shard <i/n>', 'send only this part, counted from 0').argParser(shard))
    .addOption(
      new Option(
        '--start-at <time>',
        'when all shards start, as in 2026-01-31T12:00:00Z; one that is late starts at once, and says so',
      ).argParser(moment),
    )
}

/** What is asked, and by what callers. */
function withRequests(command: Command): Command {
  return command
    .option('--prompts <file>', 'questions to ask, one a line', pathName)
    .addOption(systemOption)
    .option('--prompt-tokens <n>', 'length of the system prompt', wholeNumber(1, 1e6))
    .addOption(
      new Option(
        '--replay <file>',
        'conversations to play, each turn with all that was said before',
      )
        .argParser(pathName)
        .conflicts(['prompts', 'promptTokens', 'system']),
    )
    .addOption(
      new Option('--think <seconds>', 'pause of the caller between turns')
        .argParser(secondsOrNone)
        .default(0),
    )
    .option(
      '--speculation <share>',
      'turns sent ahead in part and given up',
      numberBetween(0, 1),
      0,
    )
    .option('--interruption <share>', 'answers the caller interrupts', numberBetween(0, 1), 0)
    .option(
      '--silence <share>',
      'turns after which the caller says nothing',
      numberBetween(0, 1),
      0,
    )
    .option(
      '--chain',
      'send what is new in a turn, and the previous_response_id of the answer before, as LiveKit does (Responses API)',
    )
}

/** Parses one value, or several with commas between them. */
function listOf<T>(parse: (text: string) => T): (text: string) => T[] {
  return (text) => text.split(',').map(parse)
}

function secondsOption(name: string, what: string, fallback: number): Option {
  return new Option(`${name} <seconds>`, what)
    .argParser(seconds)
    .default(fallback * 1_000, String(fallback))
}

function shard(text: string): Shard {
  const parsed = parseShard(text)
  if (parsed) return parsed
  throw new InvalidArgumentError(
    'Write it as 0/3, 1/3 or 2/3: which part, counted from 0, of how many.',
  )
}

function moment(text: string): number {
  const parsed = parseMoment(text)
  if (parsed !== undefined) return parsed
  throw new InvalidArgumentError('Give a time such as 2026-01-31T12:00:00Z, or seconds since 1970.')
}
