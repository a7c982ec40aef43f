import pMap from 'p-map'
import type { Exchange, Header } from '../wire/index.ts'
import { chatUrl } from './chat-url.ts'
import { reasonNotToGoOn, whyNotToRun } from './cannot-run.ts'
import { checks } from './checks/index.ts'
import { summarize, toCheckResult } from './check-result.ts'
import { Evidence } from './evidence.ts'
import { concerns, judge, type ProbeResult } from './judge.ts'
import type { Probe } from './probe.ts'
import { probes } from './probes/index.ts'
import type { CheckReport, ExchangeSummary } from './report-schema.ts'
import { findSecrets, mask, maskExchange } from './secrets.ts'
import { selectChecks, type Selection } from './select.ts'
import { sender } from './send.ts'
import { summarizeLatency } from './timings.ts'
import { TOOL } from './tool.ts'
import { verdictOf, type FailOn } from './verdict.ts'

export interface CheckOptions extends Selection {
  /** The server URL as the platform is given it; `/chat/completions` is appended. */
  readonly url: string
  /** Goes out as a bearer token. */
  readonly apiKey?: string
  /** Replaces the model of every request. */
  readonly model?: string
  /** Further headers of every request. */
  readonly headers?: readonly Header[]
  /** For each request, from the call to the end of the answer; 20 s when absent. */
  readonly timeoutMs?: number
  /** How many probes may be under way at once; 4 when absent. */
  readonly concurrency?: number
  /** The least severity that makes the verdict `fail`; `error` when absent. */
  readonly failOn?: FailOn
  /** Stops sending; what came back until then is judged. */
  readonly signal?: AbortSignal
  /** Told when a probe goes out and when it is done. */
  readonly onProgress?: (progress: Progress) => void
  /** Given every exchange, with secrets struck out. */
  readonly onExchange?: (exchange: Exchange) => void
}

export interface Progress {
  readonly probe: Probe
  readonly state: 'sent' | 'done'
  readonly done: number
  readonly total: number
}

const DEFAULT_CONCURRENCY = 4

/**
 * Sends the probes to an endpoint and judges what comes back.
 *
 * Whatever the endpoint does is a result.
 *
 * @throws CannotRunError when there is no endpoint to judge: no such host, nothing listening, no
 *   TLS, or a key that is refused.
 * @throws InvalidOptionError for a URL that is not `http:` or `https:`, or a glob that names no check.
 */
export async function check(options: CheckOptions): Promise<CheckReport> {
  const selected = selectChecks(checks, options)
  const wanted = probes.filter(({ id }) => selected.some((each) => concerns(each, id)))
  const endpoint = { ...options, url: chatUrl(options.url) }
  const secrets = findSecrets(endpoint)
  const startedAt = new Date()
  const clock = performance.now()
  const results = await runProbes(wanted, endpoint, secrets)
  const evidence = results.flatMap((result) => result.evidence)

  const checkResults = judge(selected, results).map(toCheckResult)
  const model = evidence[0]?.request?.['model']
  const report: CheckReport = {
    schemaVersion: 1,
    tool: TOOL,
    target: {
      url: options.url,
      profile: 'elevenlabs',
      model: typeof model === 'string' ? model : (options.model ?? ''),
    },
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(performance.now() - clock),
    requests: evidence.length,
    verdict: verdictOf(checkResults, results, options.failOn ?? 'error'),
    summary: summarize(checkResults),
    checks: checkResults,
    latency: summarizeLatency(evidence),
    exchanges: evidence.map(summarizeExchange),
  }
  return mask(report, secrets)
}

/** The first probe goes out alone: when nothing answers it, nothing more is worth sending. */
async function runProbes(
  wanted: readonly Probe[],
  options: CheckOptions,
  secrets: readonly string[],
): Promise<ProbeResult[]> {
  const [first, ...rest] = wanted
  if (!first) return []
  let done = 0
  const run = async (probe: Probe): Promise<ProbeResult> => {
    const evidence: Evidence[] = []
    if (options.signal?.aborted)
      return { probe: probe.id, evidence, notSent: 'not sent: interrupted' }
    options.onProgress?.({ probe, state: 'sent', done, total: wanted.length })
    await probe.run(
      sender(probe, options, (exchange) => {
        evidence.push(Evidence.ofExchange(exchange, evidence.length + 1))
        options.onExchange?.(maskExchange(exchange, secrets))
      }),
    )
    options.onProgress?.({ probe, state: 'done', done: ++done, total: wanted.length })
    return { probe: probe.id, evidence }
  }

  const opening = await run(first)
  const failure = opening.evidence.map(whyNotToRun).find((error) => error !== undefined)
  if (failure) throw failure
  const notSent = opening.evidence.map(reasonNotToGoOn).find((reason) => reason !== undefined)
  if (notSent) return [opening, ...rest.map(({ id }) => ({ probe: id, evidence: [], notSent }))]
  const concurrency = options.concurrency ?? DEFAULT_CONCURRENCY
  return [opening, ...(await pMap(rest, run, { concurrency }))]
}

function summarizeExchange({ probe, ordinal, exchange, stream, body }: Evidence): ExchangeSummary {
  return {
    probe,
    exchange: ordinal,
    startedAt: exchange?.startedAt ?? '',
    status: exchange?.response?.status ?? null,
    end: exchange?.end.how ?? '',
    bytes: body.length,
    events: stream.events.length,
    firstByteMs: exchange?.arrivals[0]?.atMs ?? null,
    totalMs: exchange?.end.atMs ?? 0,
  }
}
