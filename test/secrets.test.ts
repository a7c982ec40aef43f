import { expect, test } from 'vitest'
import { check, type Exchange, exchangeToJson } from '../src/conformance/index.ts'
import { reporters } from '../src/report/index.ts'
import { echoSecrets, FORMS, PLACES } from './support/echo-secrets.ts'
import { rawServer } from './support/raw-server.ts'
import { contextOf } from './support/report-context.ts'
import { toldSecret } from './support/tells-secret.ts'

const KEY = 'sk-4aZq7+Wm/9xKc2=Lt5vBn8Ry3/Pd6'
const HEADER = 'x7Gh2+kQ/5tMw8=Zp4cVs'
const COOKIE = 's3ssion+9fJd/2bXn6=Yq'
const PASSWORD = 'p4ss/W0rd+7uTk=3rEw'
const TENANT = 'tnt-5Hq8Zx2Lk9Vm4Rc7'
const QUERY = 'q2Ld/8sFy+6nGj=1hUb'
const SECRETS = [KEY, HEADER, COOKIE, PASSWORD, TENANT, QUERY]

/** How the secrets are sent: the key as a bearer, others in headers and in the query. */
const GIVEN = {
  apiKey: KEY,
  headers: [
    ['x-api-key', HEADER],
    ['cookie', `sid=${COOKIE}`],
    ['proxy-authorization', `Basic ${btoa(`ava:${PASSWORD}`)}`],
    ['x-tenant', TENANT],
  ],
} as const

/** All that a check of this endpoint shows and saves. */
async function outputsOf(url: string): Promise<Record<string, string>> {
  const saved: Exchange[] = []
  const options = { ...GIVEN, quick: true, samples: 1, url: `${url}?api_key=${QUERY}` }
  const report = await check({ ...options, onExchange: (exchange) => saved.push(exchange) }).catch(
    (error: Error) => error,
  )
  const files = JSON.stringify(saved.map(exchangeToJson))
  if (report instanceof Error) return { files, error: report.message }
  const shown = Object.entries(reporters).map(([name, reporter]) => [
    name,
    reporter(report, contextOf()),
  ])
  return { files, ...Object.fromEntries(shown) }
}

test.each(Object.keys(PLACES))(
  'no secret leaves that an endpoint repeats in its %s',
  async (place) => {
    const url = await rawServer(echoSecrets)
    const told: string[] = []
    for (const form of Object.keys(FORMS)) {
      const outputs = await outputsOf(`${url}/${form}/${place}/v1`)
      for (const [output, text] of Object.entries(outputs)) {
        const part = toldSecret(text, SECRETS)
        if (part !== undefined) told.push(`${form} in ${output}: ${part}`)
      }
    }
    expect(told).toEqual([])
  },
)
