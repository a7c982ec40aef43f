import type { AnyReply, Reply } from '../wire/index.ts'

/** What a browser is told before it posts from another origin. */
export const PREFLIGHT: Reply = {
  status: 204,
  headers: [
    ['access-control-allow-methods', 'GET, POST, DELETE, OPTIONS'],
    // The wildcard does not cover `authorization`: https://fetch.spec.whatwg.org/#http-access-control-allow-headers
    ['access-control-allow-headers', '*, authorization'],
    ['access-control-max-age', '86400'],
  ],
  frames: [],
}

/** Lets a page from any origin read an answer. */
export function withCors<Answer extends AnyReply>(reply: Answer): Answer {
  return { ...reply, headers: [...reply.headers, ['access-control-allow-origin', '*']] }
}
