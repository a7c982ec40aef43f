import type { Evidence } from '../../evidence/evidence.ts'

/** Of a refusal; who refused stands near its start. */
const MAX_CHARACTERS = 2_000

/** What raises the limit, by what the headers and the body of a refusal look like. */
const SETTINGS: readonly (readonly [RegExp, string])[] = [
  [/FST_ERR_CTP_BODY_TOO_LARGE/, 'Fastify: `Fastify({ bodyLimit: 10_000_000 })`'],
  [
    /Body exceeded \d+/,
    "Next.js: `export const config = { api: { bodyParser: { sizeLimit: '10mb' } } }`",
  ],
  [/FUNCTION_PAYLOAD_TOO_LARGE/, 'Vercel: functions take 4.5 MB and no more'],
  [
    /PayloadTooLargeError|^x-powered-by: express|request entity too large"/im,
    "Express: `app.use(express.json({ limit: '10mb' }))`",
  ],
  [
    /aiohttp|Maximum request body size \d+ exceeded/i,
    'aiohttp: `web.Application(client_max_size=10_000_000)`',
  ],
  [
    /werkzeug|exceeds the capacity limit/i,
    "Flask: `app.config['MAX_CONTENT_LENGTH'] = 10_000_000`",
  ],
  [/http: request body too large/, 'Go: raise the limit of `http.MaxBytesReader`'],
  [/length limit exceeded/, 'axum: `DefaultBodyLimit::max(10_000_000)`'],
  [/JSON payload .*larger than allowed/, 'Actix: `web::JsonConfig::default().limit(10_000_000)`'],
  [/^server: (?:nginx|openresty)/im, 'nginx: `client_max_body_size 10m;`'],
  [/^server: caddy/im, 'Caddy: `request_body { max_size 10MB }`'],
  [/^server: apache/im, 'Apache: `LimitRequestBody 10000000`'],
]

/** The setting of the server, or of the proxy before it, that limits bodies of requests. */
export function bodyLimitSetting({ exchange, opening }: Evidence): string | undefined {
  const headers = exchange?.response?.headers ?? []
  const seen = [
    ...headers.map(([name, value]) => `${name}: ${value.slice(0, 100)}`),
    opening.slice(0, MAX_CHARACTERS),
  ].join('\n')
  return SETTINGS.find(([pattern]) => pattern.test(seen))?.[1]
}
