import { randomUUID } from 'node:crypto'
import { Command, Option } from 'commander'
import {
  check,
  type CheckOptions,
  type CheckReport,
  type Exchange,
  type ProfileId,
  SoundcheckError,
} from '../../conformance/index.ts'
import { type ReporterName, reporters } from '../../report/index.ts'
import type { JsonObject } from '../../protocol/index.ts'
import type { Header } from '../../wire/index.ts'
import { applyConfig } from '../options/apply-config.ts'
import { readBaseline, writeBaseline } from '../files/baseline-file.ts'
import { doAll } from '../files/do-all.ts'
import { exchangeSaver, makeExchangeFolder, repeatFromFiles } from '../files/exchange-folder.ts'
import { CHECK_EXIT_CODES, EXIT, type ExitCode, exitCodeOf } from '../exit-code.ts'
import { extraBodyOption } from '../options/extra-body-option.ts'
import { keepHeapSmall } from '../keep-heap-small.ts'
import { onInterrupt } from '../progress/on-interrupt.ts'
import {
  collect,
  configOption,
  failOnOption,
  headerOption,
  jsonOption,
  noProxyOption,
  onlyOption,
  proxyOf,
  proxyOption,
  seconds,
  sinceOption,
  skipOption,
  systemOption,
  wholeNumber,
} from '../options/options.ts'
import { profileOption } from '../options/profile-option.ts'
import { readSystemPrompt } from '../files/read-system-prompt.ts'
import { readReplay } from '../files/read-replay.ts'
import { type OutputFlags, outputsOf, reporterOption } from '../options/reporter-option.ts'
import { showEstimate } from '../progress/show-estimate.ts'
import { showProgress } from '../progress/show-progress.ts'
import { makeFoldersFor } from '../files/write-outputs.ts'
import { writeReports } from '../files/write-reports.ts'

interface Flags extends Omit<OutputFlags<ReporterName>, 'out'> {
  readonly profile: ProfileId
  readonly since?: string
  readonly model?: string
  readonly apiKey?: string
  readonly header?: Header[]
  readonly extraBody?: JsonObject
  readonly system?: string
  readonly only?: string[]
  readonly skip?: string[]
  readonly failOn: 'error' | 'warning'
  readonly timeout: number
  readonly proxy?: string | false
  readonly concurrency: number
  readonly quick?: true
  readonly samples: number
  readonly budget?: string[]
  readonly baseline?: string
  readonly updateBaseline?: true
  readonly replay?: string
  readonly save?: string
}

/** `soundcheck check [url]`. */
export function checkCommand(finish: (code: ExitCode) => void): Command {
  return new Command('check')
    .description('check an endpoint (default: the built-in reference server)')
    .argument('[url]', 'base URL as configured in the platform; /chat/completions is appended')
    .option('--model <name>', 'model to ask for')
    .addOption(
      new Option('--api-key <key>', 'sent as a bearer token')
        .env('SOUNDCHECK_API_KEY')
        // A CI secret that is not set is an empty variable.
        .argParser((key: string) => (key === '' ? undefined : key)),
    )
    .addOption(headerOption)
    .addOption(extraBodyOption)
    .addOption(systemOption)
    .addOption(configOption)
    .addOption(profileOption)
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
    .option('--baseline <file>', 'known failures: told, but do not fail the run')
    .option('--update-baseline', 'write the failures of this run to the baseline')
    .option('--replay <path>', 'send recorded requests too: a JSON file, or a folder of them')
    .option('--save <folder>', 'save every exchange; "soundcheck lint" judges them again')
    .addOption(reporterOption(reporters))
    .addOption(jsonOption)
    .addHelpText('after', HELP)
    .hook('preAction', applyConfig)
    .action(async (url: string | undefined, flags: Flags) => {
      keepHeapSmall()
      // With a key, so that refusing a wrong one is judged, too.
      const { apiKey = randomUUID() } = flags
      const own = url === undefined ? await referenceServer(apiKey) : undefined
      const signal = onInterrupt()
      try {
        const report = await checkAndWrite(
          url ?? `${own?.url}/chat/completions`,
          own ? { ...flags, apiKey } : flags,
          signal,
          own ? 'built-in' : 'given',
        )
        finish(signal.aborted ? EXIT.interrupted : exitCodeOf(report.verdict))
      } finally {
        await own?.close()
      }
    })
}

/** Loaded where it is wanted: it takes as long, and as much memory, as all the rest. */
async function referenceServer(apiKey: string) {
  const { startServer } = await import('../../server/index.ts')
  return startServer({ apiKey, warm: true })
}

async function checkAndWrite(
  url: string,
  flags: Flags,
  signal: AbortSignal,
  server: 'built-in' | 'given',
): Promise<CheckReport> {
  const { save, baseline, failOn } = flags
  const outputs = outputsOf(flags)
  const options = await readOptions(flags)
  await makeFoldersFor(outputs)
  if (save !== undefined) await makeExchangeFolder(save)
  // Answers are not kept: all of them together may be large.
  const sent: Pick<Exchange, 'id' | 'request'>[] = []
  const saveExchange = save === undefined ? undefined : exchangeSaver(save)
  let saved: Promise<void> | undefined
  const progress = showProgress()
  const judged = await check({
    ...options,
    url,
    signal,
    onEstimate: showEstimate,
    onProgress: progress.update,
    onExchange: (exchange) => {
      sent.push({ id: exchange.id, request: exchange.request })
      saved = saveExchange?.(exchange)
    },
  }).finally(progress.stop)
  const report = server === 'built-in' ? withoutRepeats(judged) : judged
  const findings = report.checks.flatMap((result) => result.findings)
  const repeatCommand =
    server === 'given' && outputs.some((each) => each.reporter === 'terminal')
      ? await repeatFromFiles(findings, sent, { save, proxy: report.target.proxy })
      : undefined
  await doAll([
    () => writeReports(report, outputs, { failOn, ...(repeatCommand && { repeatCommand }) }),
    async () => {
      if (!flags.updateBaseline || baseline === undefined || signal.aborted) return
      await writeBaseline(baseline, report)
    },
    () => saved,
  ])
  return report
}

/** A server that is gone when the report is read answers no command. */
function withoutRepeats(report: CheckReport): CheckReport {
  const checks = report.checks.map((result) => ({
    ...result,
    findings: result.findings.map((finding) => ({ ...finding, repeat: null })),
  }))
  return { ...report, checks }
}

/** The options of a check, those that are files read. */
async function readOptions(flags: Flags): Promise<Omit<CheckOptions, 'url'>> {
  const { header, timeout, proxy, budget, baseline, replay, system, ...rest } = flags
  const { reporter: _, json: __, save: ___, ...options } = rest
  const { updateBaseline = false } = flags
  if (updateBaseline && baseline === undefined) {
    throw new SoundcheckError('INVALID_INPUT', 'name the file to update with --baseline <file>')
  }
  return {
    ...options,
    timeoutMs: timeout,
    proxy: proxyOf(proxy),
    ...(header && { headers: header }),
    ...(system !== undefined && { system: await readSystemPrompt(system) }),
    ...(budget && { budgets: budget }),
    ...(replay !== undefined && { replay: await readReplay(replay) }),
    ...(baseline !== undefined && { baseline: await readBaseline(baseline, updateBaseline) }),
  }
}

const HELP = `
Examples:
  soundcheck check https://api.example.com/v1 --api-key "$KEY" --model my-model
  soundcheck check http://localhost:8000 --only tools --save exchanges
  soundcheck check http://localhost:8000 --replay recorded-requests
  soundcheck check http://localhost:8000 --extra-body '{"case":"A1"}' --system prompt.txt
  soundcheck check http://localhost:8000 --json > report.json
  soundcheck check http://localhost:8000 --reporter terminal --reporter html=report.html

${CHECK_EXIT_CODES}
`
