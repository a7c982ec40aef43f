import { type Exchange, howToAuthorize, type HttpProxy, isForwarded } from '../wire/index.ts'
import { SoundcheckError } from './soundcheck-error.ts'

/** The reason why there was no endpoint to talk to, if an exchange, through a proxy if need be, shows one. */
export function whyUnreachable(
  { connectMs, end, request, response }: Exchange,
  proxy?: HttpProxy,
): SoundcheckError | undefined {
  const url = new URL(request.url)
  const { host, hostname, protocol } = url
  // Servers have no use for this status.
  if (proxy && isForwarded(url) && response?.status === 407) {
    const wanted = response.headers.filter(([name]) => /^proxy-authenticate$/i.test(name))
    const what = howToAuthorize(
      proxy,
      wanted.map(([, value]) => value),
    )
    return new SoundcheckError(
      'PROXY',
      `The proxy ${proxy.url} (${proxy.from}) refused the request with status 407; ${what}.`,
    )
  }
  if (end.how === 'timeout' && connectMs === null) {
    return new SoundcheckError('UNREACHABLE', `${host} did not accept a connection in time.`)
  }
  if (end.how !== 'failed' || response) return undefined
  switch (end.reason) {
    case 'dns':
      return new SoundcheckError('HOST_NOT_FOUND', `Host not found: ${hostname} (${end.code}).`)
    case 'refused':
      return new SoundcheckError(
        'CONNECTION_REFUSED',
        `Nothing is listening on ${host} (${end.code}).`,
      )
    case 'unreachable':
      return new SoundcheckError('UNREACHABLE', `${host} cannot be reached (${end.code}).`)
    case 'proxy':
      return new SoundcheckError('PROXY', `${end.message}.`)
    case 'tls':
      return new SoundcheckError(
        'TLS',
        end.code === 'ERR_TLS_HANDSHAKE_TIMEOUT'
          ? `${host} accepted the connection, but did not answer the TLS handshake within ${Math.round(end.atMs)} ms${through(proxy)}. ${SPEAKS_TLS}`
          : `Could not establish a ${protocol.slice(0, -1)} connection to ${host} (${end.code})${inWords(end.code, proxy)}`,
      )
    default:
      return undefined
  }
}

/** What is wrong with a certificate, and what to do; the server does speak TLS then. */
const CERTIFICATES: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: `its certificate is signed by itself; ${trust('it')}`,
  SELF_SIGNED_CERT_IN_CHAIN: `nobody here trusts the authority of its certificate; ${trust('that')}`,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: `nobody here knows the authority of its certificate; ${trust('that')}`,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: `it may not send its whole chain of certificates; mend that, or ${trust('its authority')}`,
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet; is the clock of this machine right?',
  ERR_TLS_CERT_ALTNAME_INVALID:
    'its certificate is for another name; ask by a name that it lists, or have it list this one',
}

function trust(what: string): string {
  return `to trust ${what}, name a PEM file with its certificate in NODE_EXTRA_CA_CERTS`
}

const SPEAKS_TLS = 'Does the server speak https at all?'

function inWords(code: string, proxy: HttpProxy | undefined): string {
  const words = CERTIFICATES[code]
  if (words === undefined) return `${through(proxy)}. ${SPEAKS_TLS}`
  return proxy ? `${through(proxy)}.` : `: ${words}.`
}

/** A proxy may look into TLS, with a certificate of its own. */
function through(proxy: HttpProxy | undefined): string {
  if (!proxy) return ''
  return `, through the proxy ${proxy.url} (${proxy.from}); if that reads what is sent over TLS, name the certificate of its authority in NODE_EXTRA_CA_CERTS`
}
