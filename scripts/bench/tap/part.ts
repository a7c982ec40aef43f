// One of the processes that a benchmark of the tap takes: `server`, `recording <file>`, `pipe <url>`, or
// `pass <url> [judged]`.
import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import { lint } from '../../../src/conformance/index.ts'
import { loadScenarios } from '../../../src/mocks/node.ts'
import { startServer } from '../../../src/server/index.ts'
import { startPass } from '../../../src/tap/pass/start-pass.ts'
import type { Exchange } from '../../../src/wire/index.ts'
import { PACE, TEXT } from '../server/workload.ts'

const [kind, what, judged] = process.argv.slice(2)

const judge = (exchange: Exchange) => void lint([{ file: exchange.id, exchange }])

const SCENARIOS = [
  { when: { user: 'At once.' }, then: { text: TEXT, pacing: { ttft: 0, gap: 0 } } },
  { then: TEXT },
]

/** The least that stands between: bytes from one socket to the other, and nothing looked at. */
async function startPipe(upstream: URL): Promise<{ readonly url: string }> {
  const server = createServer({ noDelay: true }, (client) => {
    const socket = connect({ host: upstream.hostname, port: Number(upstream.port), noDelay: true })
    client.pipe(socket).pipe(client)
    for (const side of [client, socket]) side.on('error', () => side.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

async function start(): Promise<{ readonly url: string }> {
  switch (kind) {
    case 'server':
      return startServer({ scenarios: SCENARIOS, pacing: PACE, warm: true })
    case 'recording':
      return startServer({ scenarios: await loadScenarios(what!), warm: true })
    case 'pipe':
      return startPipe(new URL(what!))
    default:
      return startPass({
        upstream: new URL(what!),
        host: '127.0.0.1',
        port: 0,
        onExchange: judged === undefined ? () => {} : judge,
      })
  }
}

const { url } = await start()
process.stdout.write(`${url}\n`)
