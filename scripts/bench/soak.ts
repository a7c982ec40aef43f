// Whether memory stays flat: 200 streams in flight for ten minutes, judged against the contract.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { benchmark } from '../../src/bench/index.ts'
import { calibrationBodies } from '../../src/bench/instrument/calibrate.ts'
import { firstBreach } from '../../src/conformance/index.ts'

const MINUTES = Number(process.argv[2] ?? 10)
const STREAMS = 200
const bodies = calibrationBodies({ firstMs: 100, gapMs: 20, events: 50 })

const server = fork(new URL('soak-server.ts', import.meta.url))
const [url] = (await once(server, 'message')) as [string]
const megabytes: number[] = []
const watching = setInterval(() => megabytes.push(process.memoryUsage.rss() / 1e6), 5_000)
const report = await benchmark({
  url,
  load: { kind: 'closed', concurrency: STREAMS },
  extent: { warmupMs: 3_000, durationMs: MINUTES * 60_000 },
  calibrate: false,
  requests: {
    bodies,
    scripts: bodies.map((_, body) => [{ body, pauseMs: 0, cancelAfterMs: null }]),
  },
  judge: firstBreach,
})
clearInterval(watching)
server.disconnect()
const tenths = Array.from({ length: 10 }, (_, i) => {
  const part = megabytes.slice((i * megabytes.length) / 10, ((i + 1) * megabytes.length) / 10)
  return part.length > 0 ? Math.round(Math.max(...part)) : null
})
process.stdout.write(
  `${report.requests.attempted} requests, ${report.requests.ok} ok\n` +
    `resident set in MB, at most, in each tenth of the run: ${tenths.join(', ')}\n`,
)
