import type { Header, Reply } from '../../wire/index.ts'

/** What a page of an origin is told, so that it may read an answer; nothing to those that are not listed. */
export function corsHeaders(
  origin: string | undefined,
  origins: readonly string[],
): readonly Header[] {
  if (origins.length === 0) return []
  const vary: Header = ['vary', 'origin']
  if (origin === undefined || !(origins.includes(origin) || origins.includes('*'))) return [vary]
  return [vary, ['access-control-allow-origin', origin], EXPOSED]
}

const EXPOSED: Header = [
  'access-control-expose-headers',
  'x-request-id, retry-after, x-ratelimit-limit, x-ratelimit-remaining, x-ratelimit-reset',
]

/** What a browser is told before it posts from another origin. */
export const PREFLIGHT: Reply = {
  status: 204,
  headers: [
    ['access-control-allow-methods', 'GET, POST, OPTIONS'],
    // The wildcard does not cover `authorization`: https://fetch.spec.whatwg.org/#http-access-control-allow-headers
    ['access-control-allow-headers', '*, authorization'],
    ['access-control-max-age', '600'],
  ],
  frames: [],
}
