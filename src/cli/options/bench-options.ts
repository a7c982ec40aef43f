import { type Command, Option } from 'commander'
import { API_TYPES } from '../../protocol/index.ts'
import { benchReporters } from '../../report/index.ts'
import { marginOption, metricOption } from './compare-options.ts'
import { extraBodyOption } from './extra-body-option.ts'
import { withLoadOptions } from './load-options.ts'
import {
  allOption,
  apiTypeOption,
  collect,
  headerOption,
  jsonOption,
  noProxyOption,
  outOption,
  positive,
  proxyOption,
  wholeNumber,
} from './options.ts'
import { reporterOption } from './reporter-option.ts'

/** Adds the options of `bench`. */
export function withBenchOptions(command: Command): Command {
  return withWays(withMeasure(withLoadOptions(withTarget(command))))
}

/** Whom to ask, and as whom. */
function withTarget(command: Command): Command {
  return command
    .option('--model <name>', 'model to ask for')
    .addOption(apiTypeOption)
    .addOption(new Option('--api-key <key>', 'sent as a bearer token').env('SOUNDCHECK_API_KEY'))
    .addOption(headerOption)
    .addOption(extraBodyOption)
    .addOption(proxyOption)
    .addOption(noProxyOption)
}

/** What is good enough, and how the voice is simulated. */
function withMeasure(command: Command): Command {
  return command
    .option(
      '--budget <bound>',
      "such as 'ttft p(95)<800', 'errors<0.01', or a set: production, elevenlabs (repeatable)",
      collect,
    )
    .option(
      '--speech <rule>',
      'when a voice is handed text: elevenlabs-sentence, vapi, livekit, pipecat, chars:<n>',
      'elevenlabs-sentence',
    )
    .option('--speaking-rate <n>', 'characters the voice speaks in a second', positive, 15)
    .addOption(
      new Option('--tts-delay <ms>', 'from text to its first sound')
        .argParser(wholeNumber(0, 60_000))
        .default(0),
    )
    .option('--no-calibrate', 'do not measure the instrument first')
    .option('--no-contract', 'count streams that break the contract as good')
}

/** What else than one run is to be made, and where reports go. */
function withWays(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--vs <url>',
        'measure a second endpoint in turns, with the same key, and compare',
      ).conflicts(['findCapacity', 'reporter', 'out', 'shard', 'all']),
    )
    .addOption(
      new Option('--vs-api-type <type>', 'API of the second, where it is another').choices(
        API_TYPES,
      ),
    )
    .addOption(metricOption)
    .addOption(marginOption)
    .addOption(
      new Option(
        '--find-capacity',
        'find the highest rate at which the budgets hold, from --rate up',
      ).conflicts(['reporter', 'out', 'shard', 'all', 'concurrency', 'rampTo']),
    )
    .addOption(allOption)
    .addOption(reporterOption(benchReporters))
    .addOption(outOption)
    .addOption(jsonOption)
}
