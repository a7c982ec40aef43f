import type { FastifyInstance } from 'fastify'

/** Takes JSON as text, so that a bad one is answered in our own words; a byte order mark is none of it. */
export function takeJsonAsText(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    /^application\/(?:[\w.-]+\+)?json\b/,
    { parseAs: 'string' },
    (_, body, done) => done(null, String(body).replace(/^\uFEFF/, '')),
  )
}
