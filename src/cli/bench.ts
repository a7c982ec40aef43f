import { Command, Option } from 'commander'
import {
  type BenchOptions,
  benchmark,
  findCapacity,
  type CompareOptions,
  type Load,
  type Shard,
  SoundcheckError,
  versus,
} from '../bench/index.ts'
import { keepsContract } from '../conformance/index.ts'
import {
  type BenchReporterName,
  benchReporters,
  capacityStepText,
  capacityText,
  comparisonText,
} from '../report/index.ts'
import type { Header } from '../wire/index.ts'
import { positive, withLoadOptions } from './bench-options.ts'
import { exitCodeOfDifference, marginOption, metricOption } from './compare.ts'
import { EXIT, type ExitCode, exitCodeOf } from './exit-code.ts'
import { mergeCommand } from './merge.ts'
import { onInterrupt } from './on-interrupt.ts'
import { collect, headerOption, jsonOption, outOption, wholeNumber } from './options.ts'
import { readBenchRequests, type RequestFlags } from './read-bench-requests.ts'
import { type OutputFlags, outputsOf, reporterOption } from './reporter-option.ts'
import { showBenchProgress } from './show-bench-progress.ts'
import { terminalStyle } from './terminal-style.ts'
import { makeFoldersFor, writeOutputs } from './write-outputs.ts'

interface Flags extends RequestFlags, OutputFlags<BenchReporterName> {
  readonly model?: string
  readonly apiKey?: string
  readonly header?: Header[]
  readonly concurrency?: number
  readonly rate?: number
  readonly arrival: 'constant' | 'poisson'
  readonly rampTo?: number
  readonly duration: number
  readonly requests?: number
  readonly warmup: number
  readonly budget?: string[]
  readonly speech: string
  readonly speakingRate: number
  readonly ttsDelay: number
  readonly timeout: number
  readonly stopOnErrors?: number
  readonly shard?: Shard
  readonly startAt?: Date
  readonly calibrate: boolean
  readonly contract: boolean
  readonly vs?: string
  readonly metric: NonNullable<CompareOptions['metric']>
  readonly margin: number
  readonly findCapacity?: true
}

/** `soundcheck bench <url>`. */
export function benchCommand(finish: (code: ExitCode) => void): Command {
  const command = new Command('bench')
    .description('measure how long the caller hears nothing, under load')
    .argument('<url>', 'base URL as configured in the platform; /chat/completions is appended')
    .option('--model <name>', 'model to ask for')
    .addOption(new Option('--api-key <key>', 'sent as a bearer token').env('SOUNDCHECK_API_KEY'))
    .addOption(headerOption)
  return withLoadOptions(command)
    .option(
      '--budget <bound>',
      "such as 'ttft p(95)<800', 'errors<0.01', or a set: seeds, elevenlabs (repeatable)",
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
      ).conflicts(['findCapacity', 'reporter', 'out', 'shard']),
    )
    .addOption(metricOption)
    .addOption(marginOption)
    .addOption(
      new Option(
        '--find-capacity',
        'find the highest rate at which the budgets hold, from --rate up',
      ).conflicts(['reporter', 'out', 'shard', 'concurrency']),
    )
    .addOption(reporterOption(benchReporters))
    .addOption(outOption)
    .addOption(jsonOption)
    .enablePositionalOptions()
    .addCommand(mergeCommand(finish))
    .addHelpText('after', HELP)
    .action(async (url: string, flags: Flags) => {
      const interrupt = onInterrupt()
      const progress = showBenchProgress()
      try {
        const code = await measure(
          {
            ...toOptions(url, flags),
            requests: await readBenchRequests(flags),
            signal: interrupt.signal,
            onProgress: progress.update,
          },
          flags,
          progress.stop,
        )
        finish(interrupt.signal.aborted ? EXIT.interrupted : code)
      } finally {
        progress.stop()
        interrupt.release()
      }
    })
}

async function measure(
  options: BenchOptions,
  flags: Flags,
  stopProgress: () => void,
): Promise<ExitCode> {
  const writeJson = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`)
  if (flags.vs !== undefined) {
    const result = await versus(options, { url: flags.vs }, flags)
    stopProgress()
    if (flags.json) writeJson(result)
    else {
      const names = [result.first.target.url, result.second.target.url] as const
      process.stdout.write(comparisonText(result.comparison, names, terminalStyle()))
    }
    return exitCodeOfDifference(result.comparison.difference)
  }
  if (flags.findCapacity) {
    const capacity = await findCapacity({
      ...options,
      spacing: flags.arrival,
      ...(flags.rate !== undefined && { startRate: flags.rate }),
      onStep(step) {
        stopProgress()
        if (!flags.json) process.stdout.write(capacityStepText(step))
      },
    })
    if (flags.json) writeJson(capacity)
    else process.stdout.write(capacityText(capacity, terminalStyle()))
    return capacity.ratePerSecond === null ? EXIT.overBudget : EXIT.good
  }
  const outputs = outputsOf(flags)
  await makeFoldersFor(outputs)
  const report = await benchmark(options)
  stopProgress()
  await writeOutputs(outputs, (name, style) => benchReporters[name](report, style))
  return exitCodeOf(report.verdict)
}

function toOptions(url: string, flags: Flags): BenchOptions {
  return {
    url,
    ...(flags.model !== undefined && { model: flags.model }),
    ...(flags.apiKey !== undefined && { apiKey: flags.apiKey }),
    ...(flags.header && { headers: flags.header }),
    timeoutMs: flags.timeout,
    load: toLoad(flags),
    extent: {
      warmupMs: flags.warmup,
      durationMs: flags.duration,
      requests: flags.requests ?? null,
    },
    seed: flags.seed,
    budgets: flags.budget ?? [],
    speechRule: flags.speech,
    charactersPerSecond: flags.speakingRate,
    ttsDelayMs: flags.ttsDelay,
    calibrate: flags.calibrate,
    ...(flags.stopOnErrors !== undefined && { stopAtErrorRate: flags.stopOnErrors }),
    ...(flags.shard && { shard: flags.shard }),
    ...(flags.startAt && { startAt: flags.startAt.getTime() }),
    ...(flags.contract && { judge: keepsContract }),
  }
}

function toLoad({ concurrency = 1, rate, arrival, rampTo }: Flags): Load {
  if (rate === undefined) {
    if (rampTo === undefined) return { kind: 'closed', concurrency }
    throw new SoundcheckError('INVALID_INPUT', '--ramp-to needs --rate, the rate to start from')
  }
  return {
    kind: 'open',
    spacing: arrival,
    ratePerSecond: rate,
    ...(rampTo !== undefined && { toRatePerSecond: rampTo }),
  }
}

const HELP = `
Examples:
  soundcheck bench https://api.example.com/v1 --api-key "$KEY" --concurrency 8 --duration 60
  soundcheck bench http://localhost:8000 --rate 20 --budget seeds
  soundcheck bench http://localhost:8000 --rate 5 --find-capacity --budget 'ttft_sched p(95)<800'
  soundcheck bench http://localhost:8000 --vs http://localhost:9000 --concurrency 4
  soundcheck bench http://localhost:8000 --requests 300 --budget 'ttfs p(95)<900' --out run.json
  soundcheck bench http://localhost:8000 --reporter terminal --reporter html=run.html

Exit codes: 0 good, 2 cannot run, 3 budgets broken, 4 inconclusive, 130 interrupted.
With --vs: 3 when the second is slower.
`
