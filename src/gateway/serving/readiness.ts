import { providerName } from '../account/provider-name.ts'
import type { Upstream } from '../upstream/upstream.ts'

export interface ReadinessOptions {
  /** How long is waited for one. */
  readonly timeoutMs: number
  /** How long what was found out is believed. */
  readonly ttlMs: number
  /** Milliseconds, from any moment. */
  readonly now?: () => number
}

/** Finds out which upstreams cannot be reached, by names that give no host away. */
export type Readiness = () => Promise<readonly string[]>

/** Asks upstreams at most once at a time, and once in a while, however often it is asked. */
export function readiness(
  upstreams: readonly Upstream[],
  { timeoutMs, ttlMs, now = () => performance.now() }: ReadinessOptions,
): Readiness {
  let probe: { readonly absent: Promise<readonly string[]>; readonly at: number } | undefined
  let isUnderWay = false
  const find = async () => {
    isUnderWay = true
    const found = await Promise.all(
      upstreams.map(async (upstream, i) =>
        (await isReachable(upstream, timeoutMs)) ? [] : [shownName(upstream.name, i)],
      ),
    )
    isUnderWay = false
    return [...new Set(found.flat())]
  }
  return () => {
    if (!probe || (!isUnderWay && now() - probe.at >= ttlMs)) probe = { absent: find(), at: now() }
    return probe.absent
  }
}

async function isReachable({ reach }: Upstream, timeoutMs: number): Promise<boolean> {
  if (!reach) return true
  const late = AbortSignal.timeout(timeoutMs)
  const tooLate = new Promise<boolean>((resolve) =>
    late.addEventListener('abort', () => resolve(false), { once: true }),
  )
  const ask = async () => reach(late)
  const reached = ask().then(
    () => true,
    () => false,
  )
  return Promise.race([reached, tooLate])
}

/** A server is named by its host, unless it is given a name; the package of a provider as `google.generative-ai`. */
function shownName(name: string, i: number): string {
  if (providerName(name) !== name) return name.split('.', 1)[0]!
  const isHost = /[.:]/.test(name) || name === 'localhost'
  return isHost ? `upstream ${i + 1}` : name
}
