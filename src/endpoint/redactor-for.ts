import { headerValue, holdsSecret, type HttpRequest, secretsInBody } from '../wire/index.ts'
import { KEY_PLACEHOLDER, type Redactor, redactor } from './redactor.ts'

const NOTHING_SECRET = redactor({ givenUrl: '', apiKey: undefined, headers: [] })

/** Makes a redactor of the secrets that a recorded request holds; of nothing, where there is none. */
export function redactorFor(request: HttpRequest | undefined): Redactor {
  if (!request) return NOTHING_SECRET
  const { url, headers, body } = request
  const sentAlong = secretsInBody(body ?? '')
  const authorization = headerValue(headers, 'authorization')
  const made = redactor({
    givenUrl: url,
    // What we saved ourselves has no key any more.
    apiKey: authorization === KEY_PLACEHOLDER ? undefined : authorization,
    headers: headers.filter(
      (header) => header[0].toLowerCase() !== 'authorization' && holdsSecret(header),
    ),
    sentAlong: sentAlong ?? [],
  })
  return sentAlong ? made : hidingBody(made)
}

/** Where a request tells more secrets than can be looked for, nothing is shown of what it asks. */
function hidingBody(made: Redactor): Redactor {
  const withoutBody = (request: HttpRequest): HttpRequest => ({ ...request, body: '***' })
  return {
    ...made,
    request: (request) => withoutBody(made.request(request)),
    exchange(exchange) {
      const redacted = made.exchange(exchange)
      return { ...redacted, request: withoutBody(redacted.request) }
    },
  }
}
