// One of the processes that a benchmark of the tap takes: `server`, `recording <file>`, `plain <file>`, `pipe <url>`,
// or `pass <url> [judged]`.
import { readFile } from 'node:fs/promises'
import { createServer as createHttpServer } from 'node:http'
import { connect, createServer } from 'node:net'
import { Linter } from '../../../src/conformance/index.ts'
import { loadScenarios } from '../../../src/mocks/node.ts'
import { startServer } from '../../../src/server/index.ts'
import { startPass } from '../../../src/tap/pass/start-pass.ts'
import type { Exchange } from '../../../src/wire/index.ts'
import { listening } from '../listening.ts'
import { runAt } from '../pacer.ts'
import { events, PACE, TEXT } from '../server/workload.ts'

const [kind, what, judged] = process.argv.slice(2)

const linter = new Linter()
const judge = (exchange: Exchange) => void linter.lint([{ file: exchange.id, exchange }])

const SCENARIOS = [
  { when: { user: 'At once.' }, then: { text: TEXT, pacing: { ttft: 0, gap: 0 } } },
  { then: TEXT },
]

/** The least that stands between: bytes from one socket to the other, and nothing looked at. */
async function startPipe(upstream: URL): Promise<string> {
  const server = createServer({ noDelay: true }, (client) => {
    const socket = connect({ host: upstream.hostname, port: Number(upstream.port), noDelay: true })
    client.pipe(socket).pipe(client)
    for (const side of [client, socket]) side.on('error', () => side.destroy())
  })
  return listening(server)
}

interface Recorded {
  readonly name: string
  readonly then: { readonly pacing: { readonly recorded: readonly number[] } }
}

/** The least that plays recorded times: a timer for each, and nothing made but what is written. */
async function startPlain(file: string): Promise<string> {
  const { scenarios } = JSON.parse(await readFile(file, 'utf8')) as { scenarios: Recorded[] }
  const timesOf = new Map(scenarios.map(({ name, then }) => [name, then.pacing.recorded]))
  const [role, ...pieces] = events()
  return listening(
    createHttpServer((request, response) => {
      const arrived = performance.now()
      let body = ''
      request.setEncoding('utf8').on('data', (text: string) => (body += text))
      request.on('end', () => {
        const times = timesOf.get(/Call \d+/.exec(body)![0])!
        const last = times.at(-1)!
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.write(role)
        const play = (i: number) => {
          if (i === pieces.length - 1) return response.end(pieces[i])
          response.write(pieces[i])
          next(i + 1)
        }
        const next = (i: number) => runAt(arrived + (times[i] ?? last), () => play(i))
        next(0)
      })
    }),
  )
}

async function start(): Promise<string> {
  switch (kind) {
    case 'server':
      return (await startServer({ scenarios: SCENARIOS, pacing: PACE, warm: true })).url
    case 'recording':
      return (await startServer({ scenarios: await loadScenarios(what!), warm: true })).url
    case 'plain':
      return startPlain(what!)
    case 'pipe':
      return startPipe(new URL(what!))
    default:
      return (
        await startPass({
          upstream: new URL(what!),
          host: '127.0.0.1',
          port: 0,
          onExchange: judged === undefined ? () => {} : judge,
        })
      ).url
  }
}

process.stdout.write(`${await start()}\n`)
