import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import {
  type CheckFinding,
  findingsIn,
  Linter,
  lintInSlices,
  type ProfileId,
} from '../../conformance/index.ts'
import { shownUrl, SoundcheckError } from '../../endpoint/index.ts'
import type { ReporterName } from '../../report/index.ts'
import {
  type ConnectionEvent,
  ExchangeStore,
  type RunningTap,
  startTap,
  type TapOptions,
  toHar,
} from '../../tap/index.ts'
import { escapeText, isLoopback } from '../../wire/index.ts'
import { EXIT, type ExitCode, exitCodeOf } from '../exit-code.ts'
import { doAll } from '../files/do-all.ts'
import { replaceFile } from '../files/replace-file.ts'
import { makeFoldersFor } from '../files/write-outputs.ts'
import { writeReports } from '../files/write-reports.ts'
import { whyNoAccess } from '../files/why-no-access.ts'
import { applyConfig } from '../options/apply-config.ts'
import { type OutputFlags, outputsOf } from '../options/reporter-option.ts'
import { withTapOptions } from '../options/tap-options.ts'
import { onInterrupt } from '../progress/on-interrupt.ts'
import { untilInterrupted } from '../progress/until-interrupted.ts'
import { terminalStyle } from '../progress/terminal-style.ts'
import { cannotListen } from '../serve/cannot-listen.ts'
import { printLine } from '../serve/print-line.ts'
import { ConversationComparer } from '../passing/conversation-comparer.ts'
import { GatheredReport } from '../passing/gathered-report.ts'
import { KeptExchanges } from '../passing/kept-exchanges.ts'
import { Outage } from '../passing/outage.ts'
import { Teller } from '../passing/teller.ts'
import { ToldOnce } from '../passing/told-once.ts'
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

/** Conversations are for their owner only. */
const OWNER_FILE = 0o600
/** How long lines may wait when the tap has stopped. */
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
  const outputs = outputsOf({ ...(reporter && { reporter }), ...(json && { json }) }, [har])
  await makeFoldersFor(outputs)
  await makeFoldersFor([{ file: har }])
  const policy = {
    profile,
    failOn,
    ...(since && { since }),
    ...(only && { only }),
    ...(skip && { skip }),
  }
  const linter = new Linter(policy)
  const gathered = new GatheredReport()
  const kept = har === undefined ? undefined : new KeptExchanges(keep)
  const store = save === undefined ? undefined : openStore(save, keep)
  const teller = new Teller({
    print: printLine,
    width: () => terminalStyle(process.stderr).width,
    all: flags.all ?? false,
  })
  const comparer = new ConversationComparer(policy)
  const outage = new Outage(tell)
  const told = new ToldOnce(tell)
  const running = await start(flags, {
    upstream: url,
    async judge(exchange) {
      const report = await lintInSlices(linter, [{ file: exchange.id, exchange }])
      gathered.add(report)
      return findingsIn(report)
    },
    onExchange({ exchange, turns, findings, info }) {
      if (info.missed > 0) tell(`too much passed at once; not judged, nor saved: ${info.missed}`)
      store?.save(exchange)
      kept?.add(exchange)
      const [turn] = turns
      const observations = turn ? comparer.compare(exchange, turn.conversation) : []
      teller.tell({ exchange, turns, findings, observations })
    },
    onConnection: (_, event) => tellOf(event, outage, told),
    onError: (error) => told.tell(escapeText(String(error))),
  })
  const signal = onInterrupt()
  process.stderr.write(welcome(url, running))
  const { hostname } = new URL(running.url)
  if (flags.token === undefined && !isLoopback(hostname)) {
    tell(`whoever reaches ${hostname} can ask the endpoint; --token keeps others out`)
  }
  await untilInterrupted(signal)
  await running.close()
  teller.tellCounts()
  told.tellCounts()
  await store?.settled()
  if (store && store.unsaved > 0) tell(`exchanges that could not be saved: ${store.unsaved}`)
  const report = gathered.join()
  if (kept && kept.left > 0)
    tell(`exchanges that ${escapeText(har ?? '')} leaves out: ${kept.left}`)
  await doAll([
    () => har !== undefined && kept && writeHar(har, kept),
    () => report && writeReports(report, outputs, { failOn }),
  ])
  if (!report) tell('nothing passed that could be judged')
  // A report waits for its reader; lines that nobody reads keep no process.
  process.stdout.write('', () => setTimeout(() => process.exit(), MAX_WAIT_MS).unref())
  return report ? exitCodeOf(report.verdict) : EXIT.inconclusive
}

function writeHar(file: string, kept: KeptExchanges): Promise<void> {
  return replaceFile(file, `${JSON.stringify(toHar(kept.all()), null, 2)}\n`, OWNER_FILE)
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
    onTrouble: (error) =>
      tell(`exchanges cannot be saved in ${escapeText(folder)}: ${whyNoAccess(error)}`),
  })
}

function tellOf(event: ConnectionEvent, outage: Outage, told: ToldOnce): void {
  switch (event.kind) {
    case 'connected':
      return outage.connected()
    case 'unreachable':
      return outage.unreachable(event.code)
    case 'refused':
      return told.tell('a request without the token was refused')
    case 'unobserved':
      return told.tell(`a connection passes on unjudged: ${whyUnobserved(event)}`)
    case 'opened':
    case 'closed':
  }
}

function whyUnobserved(event: Extract<ConnectionEvent, { kind: 'unobserved' }>): string {
  if (event.why === 'upgraded') return 'it speaks another protocol now'
  const side = event.side === 'client' ? 'the client' : 'the endpoint'
  return `what ${side} sends is no HTTP/1 (${escapeText(event.reason)})`
}

function welcome(url: string, { url: own }: RunningTap): string {
  const query = new URL(url).search === '' ? '' : ' (and behind it the query of the URL)'
  return `Tapping ${escapeText(shownUrl(url))} (Ctrl-C to stop, and to see the report)
Give this address to the platform, through your tunnel: ${own}${query}
For example: cloudflared tunnel --url ${new URL(own).origin}
`
}

const HELP = `
Examples:
  soundcheck tap http://localhost:8000/v1 --save calls/
  soundcheck tap https://api.example.com/v1 --token secret --host 0.0.0.0 --all
  soundcheck tap http://localhost:8000/v1 --har calls.har --reporter junit=report.xml

Exit codes: 0 good, 1 failures, 2 cannot run, 4 inconclusive.
`
