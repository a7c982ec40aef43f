import { besides, endsIn, type Target, toHttpRequest } from '../../endpoint/index.ts'
import { record } from '../../wire/node.ts'
import { Evidence } from '../evidence/evidence.ts'

const MAX_WAIT_MS = 5_000

/**
 * Looks once whether the path with `/v1`, or without it, exists where the one that was asked does not:
 * with a request that costs nothing, since it is no turn.
 *
 * Gives the URL to use instead.
 */
export async function lookNextDoor(target: Target): Promise<string | undefined> {
  const url = nextDoor(target)
  const exchange = await record(toHttpRequest({ body: '{}' }, { ...target, url }), {
    probe: 'next-door',
    timeoutMs: Math.min(target.timeoutMs, MAX_WAIT_MS),
    proxy: target.proxy,
  })
  const status = exchange.response?.status ?? 404
  const isThere = status !== 404 && status !== 405 && !Evidence.ofExchange(exchange).isPage
  return isThere ? url : undefined
}

function nextDoor({ url, form: { path } }: Target): string {
  const versioned = `/v1${path}`
  return endsIn(new URL(url), versioned)
    ? besides(url, versioned, path)
    : besides(url, path, versioned)
}
