import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Program } from '../with-process.ts'
import { BARE, LEAST, PIPE } from './contenders.ts'
import { installPortkey } from './install-portkey.ts'

/** What stands between a caller and the upstream. */
export interface Between {
  readonly program: (upstream: string) => Program | Promise<Program>
  /** What a request has to bear. */
  readonly headers?: (upstream: string) => Readonly<Record<string, string>>
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const BIN = here('../../../dist/cli/bin.js')
const plain = (name: string): Between => ({
  program: (upstream) => ({ args: [here('contend.ts'), name, upstream] }),
})

export const UPSTREAM: Program = { args: [here('upstream.ts')] }
export const OWN = 'soundcheck, relay'
export const MODEL = 'soundcheck, a language model'
export const PORTKEY = 'portkey'

/** By name, servers from the command line as they are installed. */
export const between: Readonly<Record<string, Between>> = {
  [PIPE]: plain(PIPE),
  [LEAST]: plain(LEAST),
  [OWN]: {
    program: (upstream) => ({
      args: [BIN, 'gateway', '--port=0', '--upstream', `${upstream}/v1`],
    }),
  },
  [PORTKEY]: {
    program: async () => ({
      args: [installPortkey(), `--port=${await freePort()}`, '--headless'],
      env: { TRUSTED_CUSTOM_HOSTS: '127.0.0.1' },
    }),
    headers: (upstream) => ({
      'x-portkey-provider': 'openai',
      'x-portkey-custom-host': `${upstream}/v1`,
      authorization: 'Bearer none',
    }),
  },
  [BARE]: plain(BARE),
  [MODEL]: {
    program: (upstream) => ({
      args: [BIN, 'gateway', '--port=0', '--config', here('soundcheck.gateway.ts')],
      env: { UPSTREAM: upstream },
    }),
  },
}

/** It takes no 0 for any. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}
