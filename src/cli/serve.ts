import { once } from 'node:events'
import { Command } from 'commander'
import { checks } from '../conformance/index.ts'
import { defaultModel } from '../mocks/index.ts'
import { startServer } from '../server/index.ts'
import { findFault } from './find-fault.ts'
import { onInterrupt } from './interrupt.ts'
import { collect, wholeNumber } from './options.ts'
import { UsageError } from './usage-error.ts'

interface Flags {
  readonly port: number
  readonly host: string
  readonly seed: number
  readonly apiKey?: string
  readonly model?: string[]
  readonly fault?: string
}

/** `soundcheck serve`. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('run the reference server: a deterministic model behind the whole contract')
    .option('--port <n>', 'port to listen at; 0 takes a free one', wholeNumber(0, 65_535), 8787)
    .option('--host <address>', 'address to listen at', '127.0.0.1')
    .option('--seed <n>', 'other seeds give other answers', wholeNumber(0, 2 ** 31), 0)
    .option('--api-key <key>', 'refuse requests that do not bear it')
    .option(
      '--model <name>',
      'a model that may be asked for; any, by default (repeatable)',
      collect,
    )
    .option('--fault <name>', 'break every answer in this way, such as sse/done-missing')
    .addHelpText('after', HELP)
    .action(async ({ port, host, seed, apiKey, model, fault }: Flags) => {
      const server = await startServer({
        port,
        host,
        model: defaultModel({ seed }),
        ...(apiKey === undefined ? {} : { apiKey }),
        ...(model ? { models: model } : {}),
        ...(fault === undefined ? {} : { tamper: findFault(checks, fault) }),
      }).catch((error: NodeJS.ErrnoException) => {
        throw new UsageError(`cannot listen at ${host}:${port} (${error.code ?? error.message})`)
      })
      process.stdout.write(`soundcheck serves ${server.url}; Ctrl-C stops it\n`)
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
