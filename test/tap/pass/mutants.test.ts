import { beforeAll, describe, expect, test } from 'vitest'
import { playEach } from '../../../scripts/play-each.ts'
import { check } from '../../../src/conformance/index.ts'
import { startServer } from '../../../src/server/index.ts'
import { openPass } from '../../../src/tap/pass/open-pass.ts'
import { type Exchange, type Fault, headerValue } from '../../../src/wire/index.ts'
import { mutantsIn } from '../../support/mutants.ts'
import { lastRequest, type RawOutcome, type RawRequest, sendRaw } from '../../support/raw-socket.ts'

const [apiKey, model] = ['sesame-1234-open', 'house-blend']
const mutants = mutantsIn()

/** What a client got for a request, as it is and through a pass. */
interface Pair {
  readonly probe: string | undefined
  readonly direct: RawOutcome
  readonly through: RawOutcome
}

const startReference = (fault?: Fault) =>
  startServer({ apiKey, modelNames: [model], ...(fault && { fault }) })

/** Every request that a run of `check` sends, the key in its place. */
async function requestsOfProbes(): Promise<RawRequest[]> {
  await using server = await startReference()
  const exchanges: Exchange[] = []
  const url = `${server.url}/chat/completions`
  await check({ url, apiKey, model, onExchange: (exchange) => void exchanges.push(exchange) })
  return exchanges.map(({ probe, request: { method, url: to, headers, body } }) => ({
    method,
    path: new URL(to).pathname,
    headers: headers.map(([name, value]) => [
      name,
      name === 'authorization' && probe !== 'wrong-key' ? `Bearer ${apiKey}` : value,
    ]),
    ...(body !== null && { body }),
  }))
}

/** Without what the clock says. */
function steady({ received, ending }: RawOutcome): RawOutcome {
  return { received: received.replace(/^Date: .*$/m, 'Date: now'), ending }
}

/** What becomes of requests, sent to two servers of the same kind: some faults remember. */
async function send(
  requests: readonly RawRequest[],
  silenceMs: number,
  fault?: Fault,
): Promise<Pair[]> {
  await using direct = await startReference(fault)
  await using behind = await startReference(fault)
  await using pass = await openPass({
    upstream: new URL(behind.url),
    host: '127.0.0.1',
    port: 0,
    onExchange() {},
  })
  const pairs: Pair[] = []
  for (const request of requests) {
    const [one, other] = await Promise.all(
      [direct.url, pass.url].map((to) => sendRaw(to, lastRequest(to, request), silenceMs)),
    )
    const probe = headerValue(request.headers ?? [], 'x-soundcheck-probe')
    pairs.push({ probe, direct: steady(one!), through: steady(other!) })
    // It would say nothing to the others, either.
    if (pairs.filter((pair) => pair.direct.ending === 'silence').length === 3) break
  }
  return pairs
}

let requests: RawRequest[]
const played = new Map<Fault | undefined, Pair[]>()

beforeAll(async () => {
  requests = await requestsOfProbes()
  played.set(undefined, await send(requests, 20_000))
  const short = requests.filter(({ body = '' }) => body.length < 20_000)
  await playEach(mutants, async ({ id, fault }) => {
    // Longer than any mutant takes that goes on.
    const silenceMs = id.startsWith('latency/') ? 6_000 : 4_000
    played.set(fault, await send(short, silenceMs, fault))
  })
}, 300_000)

test('each request of a probe is answered through a pass as it is without', () => {
  const pairs = played.get(undefined)!
  expect(pairs.length).toBe(requests.length)
  for (const { direct, through } of pairs) expect(through).toEqual(direct)
  expect(new Set(pairs.map(({ direct }) => direct.ending))).toEqual(new Set(['end']))
})

describe.each(mutants)('$id $name', ({ fault }) => {
  test('answers through a pass as it does without, byte by byte, and ends as it does', () => {
    const pairs = played.get(fault)!
    expect(pairs.length).toBeGreaterThan(2)
    for (const { probe, direct, through } of pairs) {
      expect({ probe, ...through }).toEqual({ probe, ...direct })
    }
  })
})

test('mutants answer otherwise than the server that keeps the contract, in bytes or in how they end', () => {
  const outcomes = [...played.values()].map((pairs) =>
    JSON.stringify(pairs.map((pair) => pair.direct)),
  )
  expect(new Set(outcomes).size).toBeGreaterThan(200)
  const endings = [...played.values()].flatMap((pairs) => pairs.map(({ direct }) => direct.ending))
  expect(new Set(endings)).toEqual(new Set(['end', 'reset', 'silence']))
})
