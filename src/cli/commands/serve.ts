import { once } from 'node:events'
import { Command, Option } from 'commander'
import { SoundcheckError } from '../../endpoint/index.ts'
import {
  type FindFault,
  type Pacing,
  readFault,
  sometimes,
  type StandIn,
} from '../../mocks/index.ts'
import { loadScenarios } from '../../mocks/node.ts'
import { escapeText, type Fault } from '../../wire/index.ts'
import { type RunningServer, type ServerOptions, startServer } from '../../server/index.ts'
import { onInterrupt } from '../progress/on-interrupt.ts'
import { requestLine } from '../progress/request-line.ts'
import { collect, numberBetween, wholeNumber } from '../options/options.ts'
import { tell } from '../tell.ts'

/** Characters of lines about requests that wait to be read. */
const MAX_UNREAD = 1024 * 1024
/** How long lines may wait when the server has stopped. */
const MAX_WAIT_MS = 1_000

interface Flags {
  readonly port: number
  readonly host: string
  readonly scenarios?: string[]
  readonly watch?: true
  readonly strict?: true
  readonly as?: StandIn
  readonly seed: number
  readonly ttft?: number
  readonly tps?: number
  readonly jitter?: number
  readonly apiKey?: string
  readonly controlToken?: string
  readonly allowModel?: string[]
  readonly fault?: string
  readonly faultHeader?: true
  readonly quiet?: true
}

/** `soundcheck serve`. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('run the reference server: a deterministic model that keeps the whole contract')
    .option('--port <n>', 'port to listen on; 0 for any free one', wholeNumber(0, 65_535), 8787)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option(
      '--scenarios <path>',
      'file or folder of scenarios to answer with (repeatable)',
      collect,
    )
    .option('--watch', 'load the scenarios again whenever a file of theirs changes')
    .option('--strict', 'refuse what no scenario matches, and tell which came nearest')
    .addOption(
      new Option(
        '--as <api>',
        'also refuse what this API refuses and platforms send, to stand in for it behind a proxy',
      ).choices(['openai'] satisfies StandIn[]),
    )
    .option('--ttft <ms>', 'time to the first token', numberBetween(0, 600_000))
    .option('--tps <n>', 'tokens per second', numberBetween(0.01, 100_000))
    .option(
      '--jitter <share>',
      'vary the time between tokens by up to this share',
      numberBetween(0, 1),
    )
    .option('--seed <n>', 'seed for the generated answers', wholeNumber(0, 2 ** 31), 0)
    .addOption(new Option('--api-key <key>', 'require this bearer token').env('SOUNDCHECK_API_KEY'))
    .option('--allow-model <name>', 'refuse other models (repeatable)', collect)
    .option('--fault <name[:rate]>', 'break answers in this way, such as sse/done-missing')
    .option('--fault-header', 'let requests choose a fault with the header x-soundcheck-fault')
    .addOption(
      new Option(
        '--control-token <token>',
        'open the control API to who bears it; else this machine only',
      ).env('SOUNDCHECK_CONTROL_TOKEN'),
    )
    .option('--quiet', 'do not print a line for each request')
    .addHelpText('after', HELP)
    .action(async (flags: Flags) => {
      const { scenarios: paths = [] } = flags
      if (flags.watch && paths.length === 0) {
        throw new SoundcheckError(
          'INVALID_INPUT',
          '--watch needs --scenarios, to know what to watch',
        )
      }
      const server = await start(flags)
      const broken = flags.fault === undefined ? '' : `, broken by ${flags.fault}`
      const signal = onInterrupt()
      if (flags.watch) {
        const { watchScenarios } = await import('./watch-scenarios.ts')
        await watchScenarios({
          paths,
          signal,
          print,
          apply: (scenarios) => server.replaceScenarios(scenarios),
        })
      }
      process.stdout.write(`Listening on ${server.url}${broken} (Ctrl-C to stop)\n`)
      await once(signal, 'abort')
      await server.close()
      for (const name of server.unused()) tell(`${escapeText(name)} was never used`)
      // What nobody reads keeps no process.
      setTimeout(() => process.exit(), MAX_WAIT_MS).unref()
    })
}

async function start(flags: Flags): Promise<RunningServer> {
  try {
    return await startServer(await serverOptions(flags))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (error instanceof SoundcheckError || code === undefined) throw error
    const address = `${flags.host}:${flags.port}`
    const why =
      code === 'EADDRINUSE'
        ? 'the port is in use; choose another with --port, or 0 for any free one'
        : code
    throw new SoundcheckError('INVALID_INPUT', `cannot listen on ${address}: ${why}`)
  }
}

async function serverOptions(flags: Flags): Promise<ServerOptions> {
  const { port, host, seed, strict, as, apiKey, controlToken, allowModel, faultHeader } = flags
  const scenarios = await Promise.all((flags.scenarios ?? []).map(loadScenarios))
  return {
    port,
    host,
    seed,
    scenarios: scenarios.flat(),
    warm: true,
    ...pacingOf(flags),
    ...(strict && { strict }),
    ...(as && { as }),
    ...(apiKey !== undefined && { apiKey }),
    ...(controlToken !== undefined && { controlToken }),
    ...(allowModel && { modelNames: allowModel }),
    loadFaults,
    ...(flags.fault !== undefined && { fault: await namedFault(flags.fault, seed) }),
    ...(faultHeader && { faultHeader }),
    ...(!flags.quiet && { onAnswered: (answered) => print(requestLine(answered)) }),
    onError: (error) => tell(escapeText(String(error))),
  }
}

/** Where nobody reads, what is said is lost, and costs no memory. */
function print(line: string): void {
  const { stderr } = process
  if (stderr.writableLength < MAX_UNREAD) stderr.write(`${line}\n`)
}

/** The faults belong to the checks, which take as long to load as all else. */
async function loadFaults(): Promise<FindFault> {
  return (await import('../../conformance/index.ts')).findFault
}

async function namedFault(text: string, seed: number): Promise<Fault> {
  const { name, rate } = readFault(text)
  const findFault = await loadFaults()
  return sometimes(findFault(name), rate, seed)
}

function pacingOf({ ttft, tps, jitter }: Flags): { pacing?: Pacing } {
  if (jitter !== undefined && tps === undefined) {
    throw new SoundcheckError('INVALID_INPUT', '--jitter varies the time between tokens: add --tps')
  }
  if (ttft === undefined && tps === undefined) return {}
  return {
    pacing: {
      ...(ttft !== undefined && { ttft }),
      ...(tps !== undefined && { tokensPerSecond: tps }),
      ...(jitter !== undefined && { jitter }),
    },
  }
}

const HELP = `
Examples:
  soundcheck serve --port 8787 --api-key secret
  soundcheck serve --scenarios scenarios/ --strict --watch
  soundcheck serve --as openai
  soundcheck serve --ttft 300 --tps 50 --jitter 0.2
  soundcheck serve --fault tools/tool-no-index:0.1

Exit codes: 0 stopped by Ctrl-C, 2 cannot run.
`
