import { Command, Option } from 'commander'
import { benchReporters } from '../../report/index.ts'
import { type BenchFlags, toBenchOptions } from '../options/bench-flags.ts'
import { positive, withLoadOptions } from '../options/bench-options.ts'
import { checkNeeds } from '../options/check-needs.ts'
import { marginOption, metricOption } from './compare.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { extraBodyOption } from '../options/extra-body-option.ts'
import { measure } from './measure.ts'
import { allOption, mergeCommand } from './merge.ts'
import { onInterrupt } from '../progress/on-interrupt.ts'
import {
  collect,
  headerOption,
  jsonOption,
  noProxyOption,
  outOption,
  proxyOption,
  wholeNumber,
} from '../options/options.ts'
import { readBenchRequests } from '../files/read-bench-requests.ts'
import { reporterOption } from '../options/reporter-option.ts'
import { showBenchProgress } from '../progress/show-bench-progress.ts'

/** `soundcheck bench <url>`. */
export function benchCommand(finish: (code: ExitCode) => void): Command {
  const command = new Command('bench')
    .description('measure how long the caller hears nothing, under load')
    .argument('<url>', 'base URL as configured in the platform; /chat/completions is appended')
    .option('--model <name>', 'model to ask for')
    .addOption(new Option('--api-key <key>', 'sent as a bearer token').env('SOUNDCHECK_API_KEY'))
    .addOption(headerOption)
    .addOption(extraBodyOption)
    .addOption(proxyOption)
    .addOption(noProxyOption)
  return withLoadOptions(command)
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
    .addOption(
      new Option(
        '--vs <url>',
        'measure a second endpoint in turns, with the same key, and compare',
      ).conflicts(['findCapacity', 'reporter', 'out', 'shard', 'all']),
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
    .enablePositionalOptions()
    .addCommand(mergeCommand(finish))
    .addHelpText('after', HELP)
    .action(async (url: string, flags: BenchFlags) => {
      checkNeeds(command)
      const signal = onInterrupt()
      const progress = showBenchProgress()
      try {
        const code = await measure(
          {
            ...toBenchOptions(url, flags),
            requests: await readBenchRequests(flags),
            signal,
            onProgress: progress.update,
          },
          flags,
          progress.stop,
        )
        finish(signal.aborted ? EXIT.interrupted : code)
      } finally {
        progress.stop()
      }
    })
}

const HELP = `
Examples:
  soundcheck bench https://api.example.com/v1 --api-key "$KEY" --concurrency 8 --duration 60
  soundcheck bench http://localhost:8000 --rate 20 --budget production
  soundcheck bench http://localhost:8000 --rate 5,10,20,40 --budget 'ttft_sched p(95)<800'
  soundcheck bench http://localhost:8000 --rate 5 --find-capacity --budget 'ttft_sched p(95)<800'
  soundcheck bench http://localhost:8000 --vs http://localhost:9000 --concurrency 4
  soundcheck bench http://localhost:8000 --requests 300 --budget 'ttfs p(95)<900' --out run.json
  soundcheck bench http://localhost:8000 --reporter terminal --reporter html=run.html

Exit codes: 0 good, 2 cannot run, 3 budgets broken, 4 inconclusive, 130 interrupted.
A failed request is beyond every upper bound on a time. Where no budget counts failures, one in a
hundred makes the run inconclusive: --budget 'errors<0.05' allows more.
With --vs: 3 when the second is slower, or one of them breaks a budget. Of several loads, the worst
counts.
`
