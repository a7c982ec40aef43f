import { Command } from 'commander'
import { check, type CheckOptions, type CheckReport } from '../conformance/index.ts'
import { checkReportText } from '../report/index.ts'
import { startServer } from '../server/index.ts'
import type { Exchange, Header } from '../wire/index.ts'
import { EXIT, type ExitCode, exitCodeOf } from './exit-code.ts'
import { makeFolder, saveExchanges } from './save-exchanges.ts'
import { onInterrupt } from './interrupt.ts'
import {
  failOnOption,
  headerOption,
  jsonOption,
  onlyOption,
  seconds,
  skipOption,
  wholeNumber,
} from './options.ts'
import { showProgress } from './progress.ts'
import { writeRequestFiles } from './request-files.ts'
import { terminalStyle } from './terminal-style.ts'

interface Flags {
  readonly model?: string
  readonly apiKey?: string
  readonly header?: Header[]
  readonly only?: string[]
  readonly skip?: string[]
  readonly failOn: 'error' | 'warning'
  readonly timeout: number
  readonly concurrency: number
  readonly save?: string
  readonly json?: true
}

/** `soundcheck check [url]`. */
export function checkCommand(finish: (code: ExitCode) => void): Command {
  return new Command('check')
    .description('judge an endpoint; without a URL, the built-in reference server')
    .argument('[url]', 'the server URL as the platform is given it; /chat/completions is appended')
    .option('--model <name>', 'the model to ask for')
    .option('--api-key <key>', 'sent as a bearer token (or set SOUNDCHECK_API_KEY)')
    .addOption(headerOption)
    .addOption(onlyOption)
    .addOption(skipOption)
    .addOption(failOnOption)
    .option('--timeout <seconds>', 'for each request, from the call to its end', seconds, 20_000)
    .option('--concurrency <n>', 'how many probes may be under way at once', wholeNumber(1, 64), 4)
    .option('--save <folder>', 'save every exchange there; "soundcheck lint" judges them again')
    .addOption(jsonOption)
    .addHelpText('after', HELP)
    .action(async (url: string | undefined, flags: Flags) => {
      const own = url === undefined ? await startServer() : undefined
      const interrupt = onInterrupt()
      const exchanges: Exchange[] = []
      try {
        const report = await checkWith(url ?? own!.url, flags, interrupt.signal, exchanges)
        process.stdout.write(
          flags.json
            ? `${JSON.stringify(report, null, 2)}\n`
            : checkReportText(
                report,
                terminalStyle(),
                await writeRequestFiles(report, exchanges, flags.save),
              ),
        )
        finish(interrupt.signal.aborted ? EXIT.interrupted : exitCodeOf(report.verdict))
      } finally {
        interrupt.release()
        await own?.close()
      }
    })
}

async function checkWith(
  url: string,
  flags: Flags,
  signal: AbortSignal,
  exchanges: Exchange[],
): Promise<CheckReport> {
  const {
    header,
    timeout,
    save,
    json: _,
    apiKey = process.env['SOUNDCHECK_API_KEY'],
    ...rest
  } = flags
  if (save !== undefined) await makeFolder(save)
  const progress = showProgress()
  const options: CheckOptions = {
    ...rest,
    url,
    ...(apiKey ? { apiKey } : {}),
    ...(header ? { headers: header } : {}),
    timeoutMs: timeout,
    signal,
    onProgress: progress.update,
    onExchange: (exchange) => exchanges.push(exchange),
  }
  try {
    return await check(options)
  } finally {
    progress.stop()
    if (save !== undefined) await saveExchanges(exchanges, save)
  }
}

const HELP = `
Examples:
  soundcheck check https://api.example.com/v1 --api-key "$KEY" --model my-model
  soundcheck check http://localhost:8000 --only 'tools/*' --save exchanges
  soundcheck check http://localhost:8000 --json > report.json
`
