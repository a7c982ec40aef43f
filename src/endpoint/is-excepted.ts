/**
 * Whether a URL is among the hosts that `NO_PROXY` lists, with commas or blanks between them: `*`, names
 * (their subdomains included; with `*.` these alone), addresses, and blocks such as `10.0.0.0/8`, each
 * with a port if need be.
 */
export function isExcepted(url: URL, list: string): boolean {
  const host = url.hostname
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      const [, name = entry, itsPort] = PORT.exec(entry) ?? []
      return (itsPort === undefined || itsPort === port) && covers(name, host)
    })
}

/** Where an address of IPv6 has a port, it stands in brackets. */
const PORT = /^([^:]+|\[.*\]):(\d+)$/

function covers(entry: string, host: string): boolean {
  if (entry === '*') return true
  const [address = '', length] = entry.replace(/^\[(.*)\]$/, '$1').split('/')
  const bits = bitsOf(host)
  if (bits !== undefined) {
    const block = bitsOf(address)
    if (block?.length !== bits.length) return false
    return bits.startsWith(block.slice(0, length === undefined ? undefined : Number(length)))
  }
  const name = address.replace(/^\*?\./, '').replace(/\.$/, '')
  return host.endsWith(`.${name}`) || (host === name && !entry.startsWith('*'))
}

/** The bits of an IP address; `undefined` for a name. */
function bitsOf(text: string): string | undefined {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) return binary(text.split('.'), 10, 8)
  const href = `http://[${text}]`
  if (!text.includes(':') || !URL.canParse(href)) return undefined
  const [head = '', tail] = new URL(href).hostname.slice(1, -1).split('::')
  const groups = (part: string) => part.split(':').filter((each) => each !== '')
  const before = groups(head)
  const after = groups(tail ?? '')
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0')
  return binary([...before, ...zeros, ...after], 16, 16)
}

function binary(parts: readonly string[], radix: number, width: number): string {
  return parts.map((part) => Number.parseInt(part, radix).toString(2).padStart(width, '0')).join('')
}
