import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { type BenchReport, benchReportSchema, merge } from '../../src/bench/index.ts'
import { writeReport } from '../../src/artillery/write-report.ts'
import { compileSchema } from '../../src/protocol/index.ts'
import { artillery } from '../support/artillery.ts'
import { DONE, says } from '../support/exchanges.ts'
import { faultOf } from '../support/fault.ts'
import { rawServer } from '../support/raw-server.ts'
import { PACED, referenceServer } from '../support/reference-server.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const SHORT = { calibrate: false, extent: { warmupMs: 0, durationMs: 20_000, requests: 20 } }

async function reportIn(file: string): Promise<BenchReport> {
  return JSON.parse(await readFile(file, 'utf8')) as BenchReport
}

async function nowhere(): Promise<string> {
  return join(await scratchFolder(), 'report.json')
}

test('one virtual user is a whole run, and its report is one of bench', async () => {
  const out = await nowhere()
  const run = artillery({ target: await referenceServer(PACED) })
  const load = { kind: 'closed', concurrency: 3 }
  const { error, emitted } = await run([
    { bench: { ...SHORT, load, seed: 7, budgets: ['ttft p(95)<10000'], model: 'm', out } },
  ])
  expect(error).toBeNull()
  // Artillery counts who is under way by it.
  expect(emitted[0]).toEqual(['started'])
  const report = await reportIn(out)
  expect(compileSchema(benchReportSchema)(report)).toEqual([])
  expect(report).toMatchObject({
    target: { model: 'm' },
    seed: 7,
    plan: { load: 'closed', concurrency: 3, requests: 20, shard: null },
    requests: { attempted: 20, ok: 20, judged: true },
    budgets: [{ expression: 'ttft p(95)<10000' }],
  })
})

test('Artillery is told what the report says', async () => {
  const out = await nowhere()
  const run = artillery({ target: await referenceServer(PACED) })
  const { histograms, counters } = await run([
    { bench: { ...SHORT, budgets: ['first_unit_chars max<1'], out } },
  ])
  const { metrics } = await reportIn(out)
  for (const name of ['ttft', 'ttft_sched', 'ttfs', 'dead_air', 'e2e'] as const) {
    expect(histograms[`soundcheck.${name}`], name).toEqual(metrics[name].sample)
    expect(metrics[name].count, name).toBe(20)
  }
  expect(counters).toEqual({
    'soundcheck.attempted': 20,
    'soundcheck.ok': 20,
    'soundcheck.failed': 0,
    'soundcheck.cancelled': 0,
    'soundcheck.over_budget': 1,
    'soundcheck.inconclusive': 0,
  })
})

test('no name is part of another, since ensure finds names in its expressions by plain text', async () => {
  const run = artillery({ target: await referenceServer(PACED) })
  const { histograms, counters } = await run([{ bench: { ...SHORT, out: await nowhere() } }])
  const names = [
    ...Object.keys(counters),
    ...Object.keys(histograms).flatMap((name) => [`${name}.min`, `${name}.p95`]),
  ]
  for (const name of names) {
    expect(names.filter((other) => other.includes(name))).toEqual([name])
  }
})

describe('a stream that breaks the contract', () => {
  const faulty = () => referenceServer(faultOf('chunk/choice-index', 'no-choice-index'))

  test('is a failure', async () => {
    const run = artillery({ target: await faulty() })
    const { error, counters } = await run([{ bench: { ...SHORT, out: await nowhere() } }])
    expect(error).toBeNull()
    expect(counters).toMatchObject({
      'soundcheck.ok': 0,
      'soundcheck.failed': 20,
      'soundcheck.inconclusive': 1,
      'errors.contract': 20,
    })
  })

  test('is none where the contract does not count', async () => {
    const run = artillery({ target: await faulty() })
    const bench = { ...SHORT, contract: false, out: await nowhere() }
    expect((await run([{ bench }])).counters).toMatchObject({ 'soundcheck.ok': 20 })
  })
})

test('two workers, told their shards by variables, start together and are one run', async () => {
  const arrivals: number[] = []
  const target = await rawServer((_, response) => {
    arrivals.push(Date.now())
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(`${says('Hi.')}${DONE}`)
  })
  const folder = await scratchFolder()
  const startAt = new Date(Date.now() + 8_000).toISOString()
  const bench = {
    calibrate: false,
    contract: false,
    load: { kind: 'open', spacing: 'constant', ratePerSecond: 40 },
    extent: { warmupMs: 0, durationMs: 1_000 },
    shard: '{{ index }}/2',
    startAt: '{{ startAt }}',
    out: '{{ out }}',
  }
  const files = ['0', '1'].map((index) => join(folder, `shard-${index}.json`))
  const results = await Promise.all(
    files.map((out, index) => artillery({ target }, { index, startAt, out })([{ bench }])),
  )
  expect(results.map(({ error }) => error)).toEqual([null, null])
  // Each asks once before, to see what answers.
  expect(arrivals.filter((moment) => moment < Date.parse(startAt) - 20)).toHaveLength(2)
  const shards = await Promise.all(files.map(reportIn))
  expect(shards.map(({ plan }) => plan.shard)).toEqual([
    { index: 0, count: 2 },
    { index: 1, count: 2 },
  ])
  const whole = merge(shards)
  expect(whole.plan.shard).toBeNull()
  expect(shards.map(({ requests }) => requests.attempted)).toEqual([20, 20])
  expect(whole.requests).toMatchObject({ attempted: 40, ok: 40 })
})

describe('what is sent', () => {
  test('headers, questions, and the key of the environment', async () => {
    vi.stubEnv('SOUNDCHECK_API_KEY', 'secret')
    onTestFinished(() => void vi.unstubAllEnvs())
    const seen: { headers: unknown; body: string }[] = []
    const target = await rawServer(async (request, response) => {
      seen.push({ headers: request.headers, body: await text(request) })
      response.writeHead(500).end()
    })
    const { counters } = await artillery({ target })([
      {
        bench: {
          ...SHORT,
          extent: { ...SHORT.extent, requests: 1 },
          headers: { 'x-team': 'voice' },
          questions: ['Are you open?'],
          out: await nowhere(),
        },
      },
    ])
    expect(seen.at(-1)?.headers).toMatchObject({
      'x-team': 'voice',
      authorization: 'Bearer secret',
    })
    expect(seen.at(-1)?.body).toContain('Are you open?')
    expect(counters).toMatchObject({ 'errors.status': 1 })
  })
})

describe('a URL to send the report to', () => {
  const putTo = async (status: number) => {
    const taken: { method: string | undefined; type: unknown; body: string }[] = []
    const url = await rawServer(async (request, response) => {
      const { method, headers } = request
      taken.push({ method, type: headers['x-ms-blob-type'], body: await text(request) })
      response.writeHead(status).end()
    })
    const run = artillery(
      { target: await referenceServer(PACED) },
      { out: `${url}/a.json?sig=secret` },
    )
    const { error, emitted } = await run([{ bench: { ...SHORT, out: '{{ out }}' } }])
    return { error, emitted, taken }
  }

  test('takes it by PUT', async () => {
    const { error, taken } = await putTo(201)
    expect(error).toBeNull()
    expect(taken).toMatchObject([{ method: 'PUT', type: 'BlockBlob' }])
    expect(compileSchema(benchReportSchema)(JSON.parse(taken[0]!.body))).toEqual([])
  })

  test.each([
    [
      'https://user:hunter2@host.test/x?sig=hunter2',
      /^cannot write to "https:\/\/host\.test\/x\?\.\.\.": leave/,
    ],
    ['HTTPS://user:hunter2@host.test/x', /^cannot write to "https:\/\/host\.test\/x": leave/],
    ['https://user:hunter2@host.test:x/', /^cannot write to "out": it is not a URL$/],
  ])('%s is not repeated', async (out, message) => {
    const report = {} as BenchReport
    const error = await writeReport(report, out).then(
      () => new Error('written'),
      (each: Error) => each,
    )
    expect(error.message).toMatch(message)
    expect(error.message).not.toContain('hunter2')
  })

  test('that refuses it is an error that keeps its signature secret; the figures are told', async () => {
    const { error, emitted } = await putTo(403)
    expect(error?.message).toMatch(/^cannot write to "http:.*a\.json\?\.\.\.".* status 403$/)
    expect(error?.message).not.toContain('secret')
    expect(emitted).toContainEqual(['counter', 'soundcheck.attempted', 20])
    expect(emitted.at(-1)).toEqual(['error', error!.message])
  })
})

describe('what cannot be run is an error that Artillery counts', () => {
  const out = 'no-such-folder/report.json'

  test.each([
    ['no flow', [], 'the flow must be one step, "bench"'],
    ['another step', [{ get: { url: '/' } }], 'the flow must be one step, "bench"'],
    ['two steps', [{ bench: { out } }, { bench: { out } }], 'the flow must be one step, "bench"'],
    ['no place for the report', [{ bench: {} }], "must have required property 'out'"],
    ['an unknown option', [{ bench: { out, durationMs: 1 } }], 'properties: "durationMs"'],
    ['a number as text', [{ bench: { out, seed: '1' } }], '/seed must be integer'],
    ['a load by half', [{ bench: { out, load: { kind: 'open' } } }], "'spacing'"],
    [
      'a rate of nothing',
      [{ bench: { out, load: loadOf(0) } }],
      'rate is 0; it must be more than 0',
    ],
    ['a key', [{ bench: { out, apiKey: 'k' } }], 'set SOUNDCHECK_API_KEY'],
    ['a shard too many', [{ bench: { out, shard: '3/3' } }], '"3/3" is not a shard; write 0/3'],
    ['no time', [{ bench: { out, startAt: 'soon' } }], '"soon" is not a time to start at'],
    ['a variable without a value', [{ bench: { out: '{{ x }}' } }], 'variable of /out is not set'],
    ['one deep inside', [{ bench: { out, budgets: ['{{ x }}'] } }], 'of /budgets/0 is not set'],
  ])('%s', async (_, flow, message) => {
    const { error, emitted } = await artillery({ target: 'http://127.0.0.1:9' })(flow)
    expect(error).toMatchObject({ name: 'SoundcheckError' })
    expect(error?.message).toContain(message)
    expect(emitted).toEqual([['started'], ['error', error!.message]])
  })

  test('no target', async () => {
    const { error } = await artillery({})([{ bench: { out } }])
    expect(error?.message).toContain('is not an http:// or https:// URL')
  })

  test('nothing that listens', async () => {
    const url = await rawServer((request) => request.socket.destroy())
    const closed = url.replace(/\d+$/, '1')
    const { error } = await artillery({ target: closed })([{ bench: { ...SHORT, out } }])
    expect(error).toMatchObject({ name: 'SoundcheckError', code: 'CONNECTION_REFUSED' })
  })

  test('a second virtual user', async () => {
    const run = artillery({ target: await referenceServer(PACED) })
    const flow = [{ bench: { ...SHORT, out: await nowhere() } }]
    const [first, second] = await Promise.all([run(flow), run(flow)])
    expect(first.error).toBeNull()
    expect(second.error?.message).toContain(
      'write the phases as [{ duration: 1, arrivalCount: 1 }]',
    )
  })

  test('arrivals that are dealt out to several threads', async () => {
    const target = await referenceServer()
    const phases = [{ totalWorkers: 2 }]
    const { error } = await artillery({ target, phases })([{ bench: { ...SHORT, out } }])
    expect(error?.message).toContain('one virtual user is the whole run')
  })
})

function loadOf(ratePerSecond: number) {
  return { kind: 'open', spacing: 'constant', ratePerSecond }
}
