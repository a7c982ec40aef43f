// One of the processes that a benchmark of the tap takes: `server`, `recording <file>`, or
// `pass <url> [judged]`.
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

async function start(): Promise<{ readonly url: string }> {
  switch (kind) {
    case 'server':
      return startServer({ scenarios: SCENARIOS, pacing: PACE, warm: true })
    case 'recording':
      return startServer({ scenarios: await loadScenarios(what!), warm: true })
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
