// One of the processes that a benchmark of the tap takes: `server`, or `pass <url> [judged]`.
import { lint } from '../../../src/conformance/index.ts'
import { startServer } from '../../../src/server/index.ts'
import { startPass } from '../../../src/tap/pass/start-pass.ts'
import type { Exchange } from '../../../src/wire/index.ts'
import { PACE, TEXT } from '../server/workload.ts'

const [kind, upstream, judged] = process.argv.slice(2)

const judge = (exchange: Exchange) => void lint([{ file: exchange.id, exchange }])

const started =
  kind === 'server'
    ? await startServer({
        scenarios: [
          { when: { user: 'At once.' }, then: { text: TEXT, pacing: { ttft: 0, gap: 0 } } },
          { then: TEXT },
        ],
        pacing: PACE,
        warm: true,
      })
    : await startPass({
        upstream: new URL(upstream!),
        host: '127.0.0.1',
        port: 0,
        onExchange: judged === undefined ? () => {} : judge,
      })
process.stdout.write(`${started.url}\n`)
