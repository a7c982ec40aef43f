import {
  holdsSecret,
  type HttpRequest,
  type SecretMask,
  secretMask,
  secretsOf,
} from '../wire/index.ts'
import { SCOPE_HEADER } from './scope-of.ts'

/** Hides the secrets that a request bears in its URL and its headers, and others that are known. */
export function maskOf(
  { url, headers }: Pick<HttpRequest, 'url' | 'headers'>,
  known: readonly string[] = [],
): SecretMask {
  // A scope may look like a key, and has to be read.
  const others = headers.filter((header) => header[0] !== SCOPE_HEADER && holdsSecret(header))
  return secretMask([...secretsOf({ givenUrl: url, apiKey: undefined, headers: others }), ...known])
}
