import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  type Baseline,
  baselineSchema,
  type CheckReport,
  checkReportSchema,
} from '../../src/conformance/index.ts'
import { compileSchema } from '../../src/protocol/index.ts'
import { startServer } from '../../src/server/index.ts'
import { faultOf } from '../support/fault.ts'
import { rawServer } from '../support/raw-server.ts'
import { referenceServer } from '../support/reference-server.ts'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const QUICK = ['--quick', '--only', 'sse/done', '--only', 'sse/done-once']

describe('--budget', () => {
  test('all kept: 0', async () => {
    const { code, stdout } = await runCli([
      'check',
      ...QUICK,
      '--budget',
      'first_content max<20000',
    ])
    expect(stdout).toMatch(/budget +first_content max<20000: \d+ ms in \d replies, pass/)
    expect(code).toBe(0)
  })

  test('only budgets broken: 3, and the report says which', async () => {
    const budgets = ['--budget', 'total{probe:farewell} med<0.001', '--budget', 'total max<60000']
    const { code, stdout } = await runCli(['check', ...QUICK, '--json', ...budgets])
    const report = JSON.parse(stdout) as CheckReport
    expect(compileSchema(checkReportSchema)(report)).toEqual([])
    expect(report.verdict).toBe('over-budget')
    expect(report.budgets).toMatchObject([
      { expression: 'total{probe:farewell} med<0.001', samples: 2, needed: 2, verdict: 'fail' },
      { expression: 'total max<60000', verdict: 'pass' },
    ])
    expect(report.reasons).toEqual([
      expect.stringMatching(/^over budget: total\{probe:farewell\} med<0.001, but it was \d+ ms$/),
    ])
    expect(code).toBe(3)
  })

  test('too few replies for a percentile: 4, and the number that it takes', async () => {
    const { code, stdout } = await runCli(['check', ...QUICK, '--budget', 'total p(99)<60000'])
    expect(stdout).toMatch(/too few replies for total p\(99\)<60000: \d, where it takes 100/)
    expect(code).toBe(4)
  })

  test('a failure counts more: 1', async () => {
    const url = await referenceServer(faultOf('sse/done', 'done-missing'))
    expect((await runCli(['check', url, ...QUICK, '--budget', 'total max<0.001'])).code).toBe(1)
  })

  test('nonsense: 2', async () => {
    const { code, stderr } = await runCli(['check', '--budget', 'speed max<1'])
    expect(stderr).toContain(
      '"speed max<1" is not a budget: there is no metric "speed"; there are ttft, first_content, ttfs (first_sentence), ttfb (first_byte), tth, total',
    )
    expect(code).toBe(2)
  })
})

describe('--baseline', () => {
  let broken: string
  beforeAll(async () => {
    const server = await startServer(faultOf('sse/done', 'done-missing'))
    broken = server.url
    return () => server.close()
  })

  const read = async (file: string) => JSON.parse(await readFile(file, 'utf8')) as Baseline
  const write = (file: string, baseline: Baseline) => writeFile(file, JSON.stringify(baseline))

  test('lives from the first update until nothing fails', async () => {
    const file = join(await scratchFolder(), 'baseline.json')
    const run = (url: string, ...args: string[]) =>
      runCli(['check', url, ...QUICK, '--baseline', file, ...args])

    expect((await run(broken)).stderr).toContain('write it with --update-baseline')
    const written = await run(broken, '--update-baseline')
    const first = await read(file)
    expect(written.stderr).toContain(`Wrote ${first.failures.length} known failures to ${file}`)
    expect(written.code).toBe(0)
    expect(compileSchema(baselineSchema)(first)).toEqual([])
    expect(first.failures.map(({ id, probe }) => `${id} ${probe}`)).toEqual(
      expect.arrayContaining([
        'sse/done streamed-turn',
        'sse/done tool-result',
        'sse/done farewell',
      ]),
    )

    const known = await run(broken)
    expect(known.stdout).toContain('x error   sse/done')
    expect(known.stdout).toMatch(/known +sse\/done on farewell: not fixed on \d{4}-/)
    expect(known.code).toBe(0)
    const { stdout: junit } = await run(broken, '--reporter', 'junit')
    expect(junit).toContain('sse/done')
    expect(junit).not.toContain('<failure')
    const report = JSON.parse((await run(broken, '--json')).stdout) as CheckReport
    expect(report.checks[0]!.findings[0]!.known).toMatch(/^not fixed on/)

    // An update keeps what people wrote.
    const [turn, ...others] = first.failures
    const failures = [{ ...turn!, reason: 'waits for the gateway', until: '2999-12-31' }, ...others]
    await write(file, { failures })
    expect((await run(broken, '--update-baseline')).code).toBe(0)
    expect((await read(file)).failures).toEqual(failures)
    expect((await run(broken)).stdout).toContain('(until 2999-12-31): waits for the gateway')

    // An endpoint that got better makes its entries stale.
    const good = await referenceServer()
    const stale = await run(good)
    expect(stale.stdout.replaceAll(/\s+/g, ' ')).toContain(
      'the baseline is stale: sse/done on farewell no longer fails; remove its entry, or run with --update-baseline',
    )
    expect(stale.code).toBe(1)
    expect((await run(good, '--update-baseline')).code).toBe(0)
    expect((await read(file)).failures).toEqual([])
    expect((await run(good)).code).toBe(0)
  })

  test('a date in the past fails, and no update puts it off', async () => {
    const file = join(await scratchFolder(), 'baseline.json')
    const entry = { id: 'sse/done', reason: 'soon', until: null }
    await write(file, {
      failures: [
        { ...entry, probe: 'streamed-turn', until: '2026-01-01' },
        { ...entry, probe: 'tool-result' },
        { ...entry, probe: 'farewell' },
      ],
    })
    for (const more of [[], ['--update-baseline']]) {
      const { stdout, code } = await runCli([
        'check',
        broken,
        ...QUICK,
        '--baseline',
        file,
        ...more,
      ])
      expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
        'the baseline has expired: sse/done on streamed-turn was accepted until 2026-01-01 ("soon"); fix it, or set a later date',
      )
      expect(code).toBe(1)
    }
    expect((await read(file)).failures[0]!.until).toBe('2026-01-01')
  })

  test('what a run did not judge is neither stale nor lost', async () => {
    const file = join(await scratchFolder(), 'baseline.json')
    const failures = [
      { id: 'sse/done', probe: 'silent-caller', reason: 'not in a quick run' },
      { id: 'tools/type', probe: 'farewell', reason: 'not among the checks of this run' },
    ]
    await write(file, { failures })
    const url = await referenceServer()
    const args = ['check', url, ...QUICK, '--baseline', file]
    expect((await runCli(args)).code).toBe(0)
    expect((await runCli([...args, '--update-baseline'])).code).toBe(0)
    expect((await read(file)).failures).toEqual(failures)
  })

  test.each([
    [
      { failures: [{ id: 'sse/dome', probe: 'farewell', reason: 'r' }] },
      'names a check "sse/dome"',
    ],
    [{ failures: [{ id: 'sse/done', probe: 'hello', reason: 'r' }] }, 'names a probe "hello"'],
    [{ failures: [{ id: 'sse/done', probe: 'farewell' }] }, '/failures/0 must have required'],
    [
      { failures: [{ id: 'sse/done', probe: 'farewell', reason: 'r', until: 'soon' }] },
      '/failures/0/until must match pattern',
    ],
  ])('nonsense: 2 (%j)', async (content, message) => {
    const file = join(await scratchFolder(), 'baseline.json')
    await writeFile(file, JSON.stringify(content))
    const { code, stderr } = await runCli(['check', ...QUICK, '--baseline', file])
    expect(stderr).toContain(message)
    expect(code).toBe(2)
  })

  test('an update needs a file: 2', async () => {
    const { code, stderr } = await runCli(['check', '--update-baseline'])
    expect(stderr).toContain('name the file to update with --baseline <file>')
    expect(code).toBe(2)
  })
})

describe('--since', () => {
  test('names the requirement set in the report', async () => {
    const { stdout, code } = await runCli(['check', ...QUICK, '--since', '2026-11', '--json'])
    expect((JSON.parse(stdout) as CheckReport).requirements).toBe('2026-11')
    expect(code).toBe(0)
  })

  test('an unknown set: 2', async () => {
    const { code, stderr } = await runCli(['check', ...QUICK, '--since', '2025-01'])
    expect(stderr).toContain('there is no requirement set "2025-01"; this version knows 2026-11')
    expect(code).toBe(2)
  })
})

describe('a run that shows nothing of the model says so', () => {
  const warned = async (url: string, ...args: string[]) =>
    JSON.parse((await runCli(['check', url, '--json', '--quick', ...args])).stdout) as CheckReport

  test.each([
    [
      404,
      'every request for a reply was refused with status 404: check the path of the URL, and the name',
    ],
    [429, 'every request for a reply was refused with status 429: wait, or raise the rate limit'],
  ])('every status is %i', async (status, message) => {
    const url = await rawServer((_, response) => response.writeHead(status).end())
    const { warnings } = await warned(url)
    expect(warnings).toEqual([expect.stringContaining(message)])
  })

  test('every reply says the same', async () => {
    const url = await rawServer((_, response) => {
      response.setHeader('content-type', 'text/event-stream')
      response.end('data: {"choices":[{"index":0,"delta":{"content":"Hi."}}]}\n\ndata: [DONE]\n\n')
    })
    const { stdout } = await runCli(['check', url, '--quick'])
    expect(stdout).toContain('Every reply says the same, whatever was asked: "Hi."')
  })

  test('every reply was cut', async () => {
    const url = await rawServer((_, response) => {
      const chunk = {
        choices: [{ index: 0, delta: { content: String(Math.random()) }, finish_reason: 'length' }],
      }
      response.setHeader('content-type', 'text/event-stream')
      response.end(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`)
    })
    const { warnings } = await warned(url)
    expect(warnings).toEqual([expect.stringContaining('every reply was cut at its token limit')])
  })

  test('a good endpoint gets no warning', async () => {
    expect((await warned(await referenceServer())).warnings).toEqual([])
  })
})

test('the options compose: --only, --skip, --quick, --samples, --fail-on, --profile', async () => {
  const url = await referenceServer(faultOf('sse/event-name', 'event-named'))
  const args = ['check', url, '--only', 'sse', '--skip', 'sse/bom', '--quick', '--samples', '1']
  const more = ['--fail-on', 'warning', '--profile', 'vapi', '--json']
  const { code, stdout } = await runCli([...args, ...more])
  const report = JSON.parse(stdout) as CheckReport
  expect(report.checks.every(({ id }) => id.startsWith('sse/') && id !== 'sse/bom')).toBe(true)
  expect(report.target.profile).toBe('vapi')
  expect(report.requests).toBeLessThan(7)
  expect(code).toBe(1)
})
