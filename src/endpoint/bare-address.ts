import { isKeyInPath, looksLikeAKey } from '../wire/index.ts'

/** Where a server is, without the scheme that a URL has. */
export interface BareAddress {
  readonly scheme: 'http' | 'https'
  /** From the host on. */
  readonly address: string
}

/** What may be left of a scheme, a host, its port, and what follows. */
const PARTS =
  /^(?:(?:https?:?)?\/\/)?((\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)(:\d{1,5})?(?:[/?#].*)?)$/is
const IP = /^(?:\[.*\]|\d{1,3}(?:\.\d{1,3}){3})$/
const TOP_LEVEL = /\.(?:[a-z]{2,24}|[A-Z]{2,24}|xn--[a-z0-9-]+)$/
const LOCAL = [
  /^[a-z0-9_-]+$/i,
  /\.(?:localhost|local|internal)$/i,
  /^(?:127|10|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d+){2,3}$/,
  /^0\.0\.0\.0$/,
  /^\[(?:::1?|f[cd].*|fe[89ab].*)\]$/i,
]

/**
 * Reads a text as an address that lacks its scheme; `undefined` where it may as well be a key.
 *
 * Where an address leaves this machine and private networks, a key in clear would be seen.
 */
export function bareAddress(text: string): BareAddress | undefined {
  const [, address, host, port] = PARTS.exec(text) ?? []
  if (address === undefined || host === undefined || !isHost(host, port)) return undefined
  const scheme = port !== ':443' && isLocalHost(host) ? 'http' : 'https'
  return URL.canParse(`${scheme}://${address}`) ? { scheme, address } : undefined
}

/** Whether a host is this machine, or in a private network, by its name or address alone. */
export function isLocalHost(host: string): boolean {
  return LOCAL.some((pattern) => pattern.test(host))
}

function isHost(host: string, port: string | undefined): boolean {
  if (IP.test(host) || /^localhost$/i.test(host)) return true
  if (host.split('.').some(isKeyLabel)) return false
  // Services of Docker Compose have underscores; so have keys.
  if (host.includes('_') && port === undefined) return false
  return TOP_LEVEL.test(host) || (port !== undefined && !looksLikeAKey(host))
}

/** Names of hosts are written in one case; digits among them are common. */
function isKeyLabel(label: string): boolean {
  return isKeyInPath(label) || [/\d/, /[a-z]/, /[A-Z]/].every((pattern) => pattern.test(label))
}
