import { Command } from 'commander'
import { SoundcheckError } from '../../endpoint/index.ts'
import { type RunningServer, startServer } from '../../server/index.ts'
import { escapeText } from '../../wire/index.ts'
import { keepHeapSmall } from '../keep-heap-small.ts'
import { withServeOptions } from '../options/serve-options.ts'
import { onInterrupt } from '../progress/on-interrupt.ts'
import { untilInterrupted } from '../progress/until-interrupted.ts'
import { cannotListen } from '../serve/cannot-listen.ts'
import { printLine } from '../serve/print-line.ts'
import { type ServeFlags, serverOptions } from '../serve/server-options.ts'
import { tell } from '../tell.ts'

/** How long lines may wait when the server has stopped. */
const MAX_WAIT_MS = 1_000

/** `soundcheck serve`. */
export function serveCommand(): Command {
  const command = new Command('serve').description(
    'run the reference server: a deterministic model that keeps the whole contract',
  )
  return withServeOptions(command).addHelpText('after', HELP).action(serve)
}

async function serve(flags: ServeFlags): Promise<void> {
  // A third of what thousands of streams took was room for garbage.
  keepHeapSmall()
  const { scenarios: paths = [], fault } = flags
  if (flags.watch && paths.length === 0) {
    throw new SoundcheckError('INVALID_INPUT', '--watch needs --scenarios, to know what to watch')
  }
  const server = await start(flags)
  const signal = onInterrupt()
  if (flags.watch) {
    const { watchScenarios } = await import('../serve/watch-scenarios.ts')
    await watchScenarios({
      paths,
      signal,
      print: printLine,
      apply: (scenarios) => server.replaceScenarios(scenarios),
    })
  }
  const broken = fault === undefined ? '' : `, broken by ${fault}`
  process.stdout.write(`Listening on ${server.url}${broken} (Ctrl-C to stop)\n`)
  await untilInterrupted(signal)
  await server.close()
  for (const name of server.unused()) tell(`${escapeText(name)} was never used`)
  // What nobody reads keeps no process.
  setTimeout(() => process.exit(), MAX_WAIT_MS).unref()
}

async function start(flags: ServeFlags): Promise<RunningServer> {
  try {
    return await startServer(await serverOptions(flags))
  } catch (error) {
    throw cannotListen(error, flags.host, flags.port)
  }
}

const HELP = `
Examples:
  soundcheck serve --port 8787 --api-key secret
  soundcheck serve --scenarios scenarios/ --strict --watch
  soundcheck serve --as openai
  soundcheck serve --responses-style minimal --responses-done
  soundcheck serve --ttft 300 --tps 50 --jitter 0.2
  soundcheck serve --fault tools/tool-no-index:0.1

Exit codes: 0 stopped by Ctrl-C, 2 cannot run.
`
