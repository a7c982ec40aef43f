import { isLoopback } from './is-loopback.ts'

/** What tells where a request came from: a request of fastify, or what is made of another server's. */
interface Origin {
  readonly ip: string
  /** By which it was asked for. */
  readonly hostname: string
  readonly headers: Readonly<Record<string, unknown>>
}

/** What proxies, load balancers and tunnels add, each in its own way. */
const PROXY =
  /^(?:forwarded|via|x-forwarded(?:-.+)?|x-original-.+|x-real-ip|x-host|x-envoy-.+|x-appengine-.+|x-amzn?-.+|cf-.+|cdn-loop|ngrok-.+|(?:.+-)?(?:client|connecting|user)-?ip)$/i

/**
 * Whether a request comes from a program on this machine: not through a proxy on it, which hides
 * where a request comes from, nor from a page in a browser on it, whatever name led the page here.
 */
export function isLocal({ ip, hostname, headers }: Origin): boolean {
  const { origin, 'sec-fetch-site': site = 'none' } = headers
  return (
    isLoopback(ip) &&
    isLoopback(hostname) &&
    origin === undefined &&
    site === 'none' &&
    !Object.keys(headers).some((name) => PROXY.test(name))
  )
}
