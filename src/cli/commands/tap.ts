import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import {
  type CheckFinding,
  findingsIn,
  joinLintReports,
  lintInSlices,
  type LintReport,
  type ProfileId,
} from '../../conformance/index.ts'
import { SoundcheckError } from '../../endpoint/index.ts'
import type { ReporterName } from '../../report/index.ts'
import {
  type ConnectionEvent,
  ExchangeStore,
  type RunningTap,
  startTap,
  type TapOptions,
  toHar,
} from '../../tap/index.ts'
import { escapeText } from '../../wire/index.ts'
import { EXIT, type ExitCode, exitCodeOf } from '../exit-code.ts'
import { cannotWrite } from '../files/cannot-write.ts'
import { makeFoldersFor } from '../files/write-outputs.ts'
import { writeReports } from '../files/write-reports.ts'
import { applyConfig } from '../options/apply-config.ts'
import { type OutputFlags, outputsOf } from '../options/reporter-option.ts'
import { withTapOptions } from '../options/tap-options.ts'
import { onInterrupt } from '../progress/on-interrupt.ts'
import { terminalStyle } from '../progress/terminal-style.ts'
import { cannotListen } from '../serve/cannot-listen.ts'
import { printLine } from '../serve/print-line.ts'
import { KeptExchanges } from '../passing/kept-exchanges.ts'
import { Teller } from '../passing/teller.ts'
import { tell } from '../tell.ts'

interface Flags extends Omit<OutputFlags<ReporterName>, 'out'> {
  readonly port: number
  readonly host: string
  readonly token?: string
  readonly tlsCert?: string
  readonly tlsKey?: string
  readonly insecure?: true
  readonly save?: string
  readonly keep: number
  readonly har?: string
  readonly all?: true
  readonly profile: ProfileId
  readonly since?: string
  readonly only?: string[]
  readonly skip?: string[]
  readonly failOn: 'error' | 'warning'
}

const LONGEST_COMMAND = 1_000
/** How long what is left may take when the tap has stopped. */
const MAX_WAIT_MS = 10_000

/** `soundcheck tap <url>`. */
export function tapCommand(finish: (code: ExitCode) => void): Command {
  const command = new Command('tap')
    .description('stand between a platform and its endpoint: change nothing, and tell everything')
    .argument('<url>', 'server URL of the endpoint')
  return withTapOptions(command)
    .addHelpText('after', HELP)
    .hook('preAction', applyConfig)
    .action(async (url: string, flags: Flags) => finish(await tap(url, flags)))
}

async function tap(url: string, flags: Flags): Promise<ExitCode> {
  const { reporter, json, keep, har, save, profile, since, only, skip, failOn } = flags
  const outputs = outputsOf({ ...(reporter && { reporter }), ...(json && { json }) })
  await makeFoldersFor(outputs)
  const policy = {
    profile,
    failOn,
    ...(since && { since }),
    ...(only && { only }),
    ...(skip && { skip }),
  }
  const reports: LintReport[] = []
  const kept = har === undefined ? undefined : new KeptExchanges(keep)
  const store = save === undefined ? undefined : openStore(save, keep)
  const teller = new Teller({
    print: printLine,
    width: () => terminalStyle().width,
    all: flags.all ?? false,
  })
  const running = await start(flags, {
    upstream: url,
    async judge(exchange) {
      const saved = [{ file: exchange.id, exchange }]
      const report = await lintInSlices(saved, policy, new AbortController().signal)
      reports.push(report)
      return findingsIn(report)
    },
    onExchange({ exchange, turns, findings }) {
      store?.save(exchange)
      kept?.add(exchange)
      teller.tell(exchange, turns, findings)
    },
    onConnection: (_, event) => tellOf(event, url),
    onError: (error) => tell(escapeText(String(error))),
  })
  const signal = onInterrupt()
  process.stderr.write(welcome(url, running))
  await once(signal, 'abort')
  await running.close()
  await store?.settled()
  // No connection of others keeps the process.
  setTimeout(() => process.exit(), MAX_WAIT_MS).unref()
  if (har !== undefined && kept) {
    await writeFile(har, `${JSON.stringify(toHar(kept.all()), null, 2)}\n`, { mode: 0o600 }).catch(
      cannotWrite(har),
    )
  }
  if (reports.length === 0) {
    tell('nothing passed that could be judged')
    return EXIT.inconclusive
  }
  const report = withoutLongRepeats(joinLintReports(reports))
  await writeReports(report, outputs, { failOn })
  return exitCodeOf(report.verdict)
}

async function start(
  { host, port, token, tlsCert, tlsKey, insecure }: Flags,
  options: TapOptions<CheckFinding>,
): Promise<RunningTap> {
  if ((tlsCert === undefined) !== (tlsKey === undefined)) {
    throw new SoundcheckError('INVALID_INPUT', '--tls-cert and --tls-key go together')
  }
  const tls = tlsCert && tlsKey ? { cert: await read(tlsCert), key: await read(tlsKey) } : undefined
  try {
    return await startTap({
      ...options,
      host,
      port,
      ...(token !== undefined && { token }),
      ...(tls && { tls }),
      ...(insecure && { insecure }),
    })
  } catch (error) {
    throw cannotListen(error, host, port)
  }
}

async function read(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: Error) => {
    throw new SoundcheckError('INVALID_INPUT', `cannot read ${file}: ${error.message}`)
  })
}

function openStore(folder: string, keep: number): ExchangeStore {
  return new ExchangeStore({
    folder,
    keep,
    onTrouble: ({ message }) => tell(`exchanges cannot be saved: ${escapeText(message)}`),
  })
}

/** Nobody copies a command of many lines; what was saved can be sent again. */
function withoutLongRepeats(report: LintReport): LintReport {
  const files = report.files.map((file) => ({
    ...file,
    checks: file.checks.map((check) =>
      check.findings.some(({ repeat }) => isLong(repeat))
        ? {
            ...check,
            findings: check.findings.map((finding) =>
              isLong(finding.repeat) ? { ...finding, repeat: null } : finding,
            ),
          }
        : check,
    ),
  }))
  return { ...report, files }
}

function isLong(command: string | null): boolean {
  return (command?.length ?? 0) > LONGEST_COMMAND
}

function tellOf(event: ConnectionEvent, url: string): void {
  switch (event.kind) {
    case 'unreachable':
      return tell(`${escapeText(url)} cannot be reached (${event.code}); the client got no answer`)
    case 'refused':
      return tell('a request without the token was refused')
    case 'unobserved':
      return tell(`a connection is passed on unjudged: ${event.why}`)
    case 'opened':
    case 'closed':
  }
}

function welcome(url: string, { url: own }: RunningTap): string {
  return `Tapping ${escapeText(url)} (Ctrl-C to stop, and to see the report)
Point the platform at this address, through your tunnel: ${own}
From outside, for example: cloudflared tunnel --url ${new URL(own).origin}
`
}

const HELP = `
Examples:
  soundcheck tap http://localhost:8000/v1 --save calls/
  soundcheck tap https://api.example.com/v1 --token secret --host 0.0.0.0 --all
  soundcheck tap http://localhost:8000/v1 --har calls.har --reporter junit=report.xml

Exit codes: 0 good, 1 failures, 2 cannot run, 4 inconclusive.
`
