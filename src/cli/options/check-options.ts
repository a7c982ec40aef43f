import { type Command, Option } from 'commander'
import { reporters } from '../../report/index.ts'
import { extraBodyOption } from './extra-body-option.ts'
import {
  apiTypeOption,
  collect,
  configOption,
  failOnOption,
  headerOption,
  jsonOption,
  noProxyOption,
  onlyOption,
  pathName,
  proxyOption,
  seconds,
  sinceOption,
  skipOption,
  systemOption,
  wholeNumber,
} from './options.ts'
import { profileOption } from './profile-option.ts'
import { reporterOption } from './reporter-option.ts'

/** Adds the options of `check`. */
export function withCheckOptions(command: Command): Command {
  return withOutcome(withRun(withTarget(command)))
}

/** Whom to ask, and as whom. */
function withTarget(command: Command): Command {
  return command
    .option('--model <name>', 'model to ask for')
    .addOption(apiTypeOption)
    .addOption(new Option('--api-key <key>', 'sent as a bearer token').env('SOUNDCHECK_API_KEY'))
    .addOption(headerOption)
    .addOption(extraBodyOption)
    .addOption(systemOption)
    .addOption(configOption)
    .addOption(profileOption)
}

/** What to judge, and how to ask for it. */
function withRun(command: Command): Command {
  return command
    .addOption(onlyOption)
    .addOption(skipOption)
    .addOption(failOnOption)
    .addOption(sinceOption)
    .addOption(
      new Option('--timeout <seconds>', 'time limit per request')
        .argParser(seconds)
        .default(20_000, '20'),
    )
    .addOption(proxyOption)
    .addOption(noProxyOption)
    .option('--concurrency <n>', 'probes to run in parallel', wholeNumber(1, 64), 4)
    .option('--quick', 'send six requests only')
    .option(
      '--samples <n>',
      'how often to ask, at most, where the model may choose',
      wholeNumber(1, 100),
      5,
    )
    .addOption(
      new Option(
        '--budget <expression>',
        "limit on times in ms, as in 'first_content p(95)<1000' (repeatable)",
      ).argParser(collect),
    )
}

/** What is known beforehand, and what is kept. */
function withOutcome(command: Command): Command {
  return command
    .option('--baseline <file>', 'known failures: told, but do not fail the run', pathName)
    .option('--update-baseline', 'write the failures of this run to the baseline')
    .option(
      '--replay <path>',
      'send recorded requests too: a JSON file, or a folder of them',
      pathName,
    )
    .option('--save <folder>', 'save every exchange; "soundcheck lint" judges them again', pathName)
    .addOption(reporterOption(reporters))
    .addOption(jsonOption)
}
