import pMap from 'p-map'
import { type Gap, unjudged } from '../check/gap.ts'
import { doubtOfProxy, type Redactor, shownUrl } from '../../endpoint/index.ts'
import type { Evidence } from '../evidence/evidence.ts'
import type { ProbeResult } from '../judge/judgement.ts'
import type { Probe } from '../probes/define-probe.ts'
import type { ProbeId } from '../probe-ids.ts'
import { lookNextDoor } from './look-next-door.ts'
import { NotSent } from './not-sent.ts'
import { ProbeSender, type ProbeSenderOptions } from './probe-sender.ts'
import { whyNotToGoOn } from './why-not-to-go-on.ts'
import { whyNotToRun } from './why-not-to-run.ts'

export interface Progress {
  readonly probe: ProbeId
  readonly state: 'sent' | 'done'
  /** How many probes are done, out of how many. */
  readonly done: number
  readonly total: number
}

export interface RunOptions extends ProbeSenderOptions {
  readonly concurrency: number
  readonly onProgress: ((progress: Progress) => void) | undefined
  /** Removes secrets. */
  readonly redact: Redactor
}

/**
 * Sends probes to an endpoint: first, one by one, those that want to be alone; then the others, a few
 * at a time; at last, alone again, those of them that were answered with nothing. When nothing answers
 * the first, nothing more is worth sending.
 *
 * @throws SoundcheckError when there is no endpoint to judge.
 */
export async function runProbes(
  probes: readonly Probe[],
  options: RunOptions,
): Promise<ProbeResult[]> {
  const { concurrency } = options
  const sender = new ProbeSender(options)
  let done = 0
  const run = async (probe: Probe): Promise<ProbeResult> => {
    if (options.signal?.aborted) return skipped(probe, unjudged('not sent: interrupted'))
    const progress = { probe: probe.id, total: probes.length }
    options.onProgress?.({ ...progress, state: 'sent', done })
    const result = await runOne(probe, sender, options)
    options.onProgress?.({ ...progress, state: 'done', done: ++done })
    return result
  }

  const [first] = probes
  if (!first) return []
  const opening = await run(first)
  for (const evidence of opening.evidence) await heed(evidence, options)
  const notSent = whyNotToGoOn(opening.evidence)
  if (notSent) return [opening, ...probes.slice(1).map((probe) => skipped(probe, notSent))]
  const rest = probes.slice(1)
  const alone = rest.filter((probe) => probe.alone)
  const together = rest.filter((probe) => !probe.alone)
  const before = [opening, ...(await pMap(alone, run, { concurrency: 1 }))]
  const after = await pMap(together, run, { concurrency })
  const controlled = async (result: ProbeResult): Promise<ProbeResult> => {
    const answers = await sender.askAlone(result.evidence)
    return { ...result, evidence: [...result.evidence, ...answers] }
  }
  const all = [...before, ...(await pMap(after, controlled, { concurrency: 1 }))]
  return all.map((result) => sender.withoutRepeats(result))
}

async function runOne(
  probe: Probe,
  sender: ProbeSender,
  { target, dialect }: RunOptions,
): Promise<ProbeResult> {
  const { send, evidence } = sender.for(probe)
  const notSent = await probe
    .run(send, { hasKey: target.apiKey !== undefined, dialect: dialect.id })
    .catch((error: unknown) => {
      if (error instanceof NotSent) return error.gap
      throw error
    })
  return { probe: probe.id, evidence: evidence(), ...(notSent && { notSent }) }
}

/**
 * Warns of what one of the first answers says of the whole run.
 *
 * @throws SoundcheckError where it says that there is no endpoint to judge.
 */
async function heed(evidence: Evidence, { target, redact, onWarning }: RunOptions): Promise<void> {
  const error = whyNotToRun(evidence, redact.text, target.proxy)
  if (error) throw error
  const { end, response } = evidence.exchange ?? {}
  const doubt = doubtOfProxy(target.url, response?.status, target.proxy)
  if (doubt !== undefined && end?.how !== 'aborted') onWarning(doubt)
  if (evidence.isPathUnknown) {
    const url = await lookNextDoor(target)
    if (url) onWarning(`there is an endpoint at ${redact.text(shownUrl(url))}`)
  }
}

function skipped({ id }: Probe, notSent: Gap): ProbeResult {
  return { probe: id, evidence: [], notSent }
}
