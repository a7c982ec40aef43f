import pMap from 'p-map'
import type { Exchange } from '../../wire/index.ts'
import { unjudged } from '../check/gap.ts'
import { Evidence } from '../evidence/evidence.ts'
import type { ProbeResult } from '../judge/judge.ts'
import type { Probe, ProbeId } from '../probes/define-probe.ts'
import type { Target } from './resolve-target.ts'
import { sender } from './sender.ts'
import { whyNotToGoOn } from './why-not-to-go-on.ts'
import { whyNotToRun } from './why-not-to-run.ts'

export interface Progress {
  readonly probe: ProbeId
  readonly state: 'sent' | 'done'
  /** How many probes are done, out of how many. */
  readonly done: number
  readonly total: number
}

export interface RunOptions {
  readonly concurrency: number
  readonly signal: AbortSignal | undefined
  readonly onProgress: ((progress: Progress) => void) | undefined
  readonly onExchange: (exchange: Exchange) => void
  /** Removes secrets from text. */
  readonly redact: (text: string) => string
}

/**
 * Sends probes to an endpoint. The first goes out alone: when nothing answers it, nothing more is
 * worth sending.
 *
 * @throws SoundcheckError when there is no endpoint to judge.
 */
export async function runProbes(
  probes: readonly Probe[],
  target: Target,
  options: RunOptions,
): Promise<ProbeResult[]> {
  const { concurrency, signal, onProgress, onExchange } = options
  let done = 0
  const run = async (probe: Probe): Promise<ProbeResult> => {
    if (signal?.aborted) {
      return { probe: probe.id, evidence: [], notSent: unjudged('not sent: interrupted') }
    }
    onProgress?.({ probe: probe.id, state: 'sent', done, total: probes.length })
    const evidence: Evidence[] = []
    const send = sender(probe, target, signal, (exchange) => {
      evidence.push(Evidence.ofExchange(exchange))
      onExchange(exchange)
    })
    await probe.run(send)
    done += 1
    onProgress?.({ probe: probe.id, state: 'done', done, total: probes.length })
    return { probe: probe.id, evidence }
  }

  const [first, ...rest] = probes
  if (!first) return []
  const opening = await run(first)
  for (const evidence of opening.evidence) {
    const error = whyNotToRun(evidence, options.redact)
    if (error) throw error
    const notSent = whyNotToGoOn(evidence)
    if (notSent) return [opening, ...rest.map(({ id }) => ({ probe: id, evidence: [], notSent }))]
  }
  return [opening, ...(await pMap(rest, run, { concurrency }))]
}
