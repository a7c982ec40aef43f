import { headerValue, holdsSecret, type HttpRequest } from '../wire/index.ts'
import { KEY_PLACEHOLDER, type Redactor, redactor } from './redactor.ts'

const NOTHING_SECRET = redactor({ givenUrl: '', apiKey: undefined, headers: [] })

/** Makes a redactor of the secrets that a recorded request holds; of nothing, where there is none. */
export function redactorFor(request: HttpRequest | undefined): Redactor {
  if (!request) return NOTHING_SECRET
  const { url, headers } = request
  const authorization = headerValue(headers, 'authorization')
  return redactor({
    givenUrl: url,
    // What we saved ourselves has no key any more.
    apiKey: authorization === KEY_PLACEHOLDER ? undefined : authorization,
    headers: headers.filter(
      (header) => header[0].toLowerCase() !== 'authorization' && holdsSecret(header),
    ),
  })
}
