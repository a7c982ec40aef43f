import { once } from 'node:events'
import { Command, Option } from 'commander'
import { checks, SoundcheckError } from '../conformance/index.ts'
import { defaultModel } from '../mocks/index.ts'
import { startServer } from '../server/index.ts'
import { findFault } from './find-fault.ts'
import { onInterrupt } from './on-interrupt.ts'
import { collect, wholeNumber } from './options.ts'

interface Flags {
  readonly port: number
  readonly host: string
  readonly seed: number
  readonly apiKey?: string
  readonly allowModel?: string[]
  readonly fault?: string
}

/** `soundcheck serve`. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('run the reference server: a deterministic model that keeps the whole contract')
    .option('--port <n>', 'port to listen on; 0 for any free one', wholeNumber(0, 65_535), 8787)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--seed <n>', 'seed for the generated answers', wholeNumber(0, 2 ** 31), 0)
    .addOption(new Option('--api-key <key>', 'require this bearer token').env('SOUNDCHECK_API_KEY'))
    .option('--allow-model <name>', 'refuse other models (repeatable)', collect)
    .option('--fault <name>', 'break every answer in this way, such as sse/done-missing')
    .addHelpText('after', HELP)
    .action(async ({ port, host, seed, apiKey, allowModel, fault }: Flags) => {
      const server = await startServer({
        port,
        host,
        model: defaultModel({ seed }),
        ...(apiKey !== undefined && { apiKey }),
        ...(allowModel && { modelNames: allowModel }),
        ...(fault !== undefined && { fault: findFault(checks, fault) }),
        onError: (error) => process.stderr.write(`soundcheck: ${String(error)}\n`),
      }).catch((error: NodeJS.ErrnoException) => {
        if (error instanceof SoundcheckError || error.code === undefined) throw error
        throw new SoundcheckError(
          'INVALID_INPUT',
          `cannot listen on ${host}:${port} (${error.code})`,
        )
      })
      const broken = fault === undefined ? '' : `, broken by ${fault}`
      process.stdout.write(`Listening on ${server.url}${broken} (Ctrl-C to stop)\n`)
      const interrupt = onInterrupt()
      await once(interrupt.signal, 'abort')
      interrupt.release()
      await server.close()
    })
}

const HELP = `
Examples:
  soundcheck serve --port 8787 --api-key secret
  soundcheck serve --fault tools/tool-no-index
`
