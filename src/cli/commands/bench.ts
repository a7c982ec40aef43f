import { Command } from 'commander'
import { chat, responses } from '../../protocol/index.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { readBenchRequests } from '../files/read-bench-requests.ts'
import { measure } from '../measure/measure.ts'
import { type BenchFlags, toBenchOptions } from '../options/bench-flags.ts'
import { withBenchOptions } from '../options/bench-options.ts'
import { checkNeeds } from '../options/check-needs.ts'
import { onInterrupt } from '../progress/on-interrupt.ts'
import { showBenchProgress } from '../progress/show-bench-progress.ts'
import { tell } from '../tell.ts'
import { mergeCommand } from './merge.ts'

/** `soundcheck bench <url>`. */
export function benchCommand(finish: (code: ExitCode) => void): Command {
  const command = new Command('bench')
    .description('measure how long the caller hears nothing, under load')
    .argument(
      '<url>',
      `base URL as configured in the platform; ${chat.path} or ${responses.path} is appended`,
    )
  return withBenchOptions(command)
    .enablePositionalOptions()
    .addCommand(mergeCommand(finish))
    .addHelpText('after', HELP)
    .action(async (url: string, flags: BenchFlags) => {
      checkNeeds(command)
      tellIfLate(flags)
      const signal = onInterrupt()
      const progress = showBenchProgress()
      try {
        const code = await measure(
          {
            ...toBenchOptions(url, flags),
            requests: await readBenchRequests(flags),
            signal,
            onProgress: progress.update,
          },
          flags,
          progress.stop,
        )
        finish(signal.aborted ? EXIT.interrupted : code)
      } finally {
        progress.stop()
      }
    })
}

/** What one does whose pod was slow to start; one that would be over is refused. */
function tellIfLate({ startAt = Infinity, warmup, duration }: BenchFlags): void {
  const lateMs = Date.now() - startAt
  if (lateMs <= 0 || lateMs >= warmup + duration) return
  tell(
    `--start-at was ${(lateMs / 1_000).toFixed(1)} s ago: this run starts at once; shards that kept to the moment measure without its load`,
  )
}

const HELP = `
Examples:
  soundcheck bench https://api.example.com/v1 --api-key "$KEY" --concurrency 8 --duration 60
  soundcheck bench http://localhost:8000 --rate 20 --budget production
  soundcheck bench http://localhost:8000 --rate 5,10,20,40 --budget 'ttft_sched p(95)<800'
  soundcheck bench http://localhost:8000 --rate 5 --find-capacity --budget 'ttft_sched p(95)<800'
  soundcheck bench http://localhost:8000 --vs http://localhost:9000 --concurrency 4
  soundcheck bench http://localhost:8000 --vs http://localhost:8000 --vs-api-type responses
  soundcheck bench http://localhost:8000 --api-type responses --replay calls.json --chain
  soundcheck bench http://localhost:8000 --requests 300 --budget 'ttfs p(95)<900' --out run.json
  soundcheck bench http://localhost:8000 --reporter terminal --reporter html=run.html

Exit codes: 0 good, 2 cannot run, 3 budgets broken, 4 inconclusive, 130 interrupted.
A failed request is beyond every upper bound on a time. Where no budget counts failures, one in a
hundred makes the run inconclusive: --budget 'errors<0.05' allows more.
With --vs: 3 when the second is slower by more than --margin, or one of them breaks a budget.
Of several loads, the worst counts.
`
