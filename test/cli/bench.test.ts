import { readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { type BenchReport, benchReportSchema, type Sweep } from '../../src/bench/index.ts'
import { compileSchema } from '../../src/protocol/index.ts'
import { lognormal, reportOf } from '../support/bench-reports.ts'
import { DONE, says } from '../support/exchanges.ts'
import { faultOf } from '../support/fault.ts'
import { rawServer } from '../support/raw-server.ts'
import { PACED, referenceServer } from '../support/reference-server.ts'
import { runCli } from '../support/run-cli.ts'
import { spawnCli, startCli } from '../support/start-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const QUICK = ['--warmup', '0', '--no-calibrate']
const SHORT = [...QUICK, '--requests', '60']

/** A budget of no time: one of those that a busy machine measures is doubtful. */
const BROKEN = 'first_unit_chars max<1'
/** Threads that never pause would make a run void. */
const SLOW = { pacing: { ttft: 200 } }

async function scratchFile(name: string): Promise<string> {
  return join(await scratchFolder(), name)
}

describe('bench', () => {
  test('kept budgets: 0, and a report for reader and machine', async () => {
    const file = await scratchFile('run.json')
    const paced = ['--rate', '60', '--arrival', 'constant', '--duration', '1']
    const quick = [...QUICK, ...paced]
    const args = [...quick, '--budget', 'ttft p(95)<10000', '--out', file]
    const { code, stdout, stderr } = await runCli(['bench', await referenceServer(PACED), ...args])
    expect(stderr).toBe('')
    expect(stdout).toContain('60 requests')
    expect(stdout).toContain('to the first text')
    expect(stdout).not.toContain('ttft_subst')
    expect(stdout).toMatch(/^PASS$/m)
    expect(code).toBe(0)
    const report = JSON.parse(await readFile(file, 'utf8')) as BenchReport
    expect(compileSchema(benchReportSchema)(report)).toEqual([])
    expect(report.requests).toMatchObject({ attempted: 60, ok: 60, judged: true })
  })

  test('in several ways at once: one on standard output, the others to files', async () => {
    const folder = await scratchFile('new')
    const [page, rows, out] = ['a.html', 'a.csv', 'a.json'].map((name) => join(folder, name))
    const reporters = ['terminal', `html=${page}`, `csv=${rows}`].flatMap((each) => [
      '--reporter',
      each,
    ])
    const url = await referenceServer(PACED)
    const { stdout } = await runCli(['bench', url, ...SHORT, ...reporters, '--out', out!])
    expect(stdout).toContain('60 requests')
    expect(await readFile(page!, 'utf8')).toMatch(/^<!doctype html>[^]*soundcheck bench/)
    expect(await readFile(rows!, 'utf8')).toMatch(/^metric,unit,/)
    expect(JSON.parse(await readFile(out!, 'utf8'))).toMatchObject({ requests: { ok: 60 } })
  })

  test('shards, merged: the same ways to report', async () => {
    const url = await referenceServer(PACED)
    const files = await Promise.all(['0.json', '1.json'].map(scratchFile))
    // So slow that it would not matter if one of them began late.
    const load = ['--rate', '15', '--arrival', 'constant', '--duration', '4', ...QUICK]
    const startAt = new Date(Date.now() + 8_000).toISOString()
    await Promise.all(
      files.map(async (file, i) => {
        const part = ['--shard', `${i}/2`, '--start-at', startAt, '--out', file]
        const { stdout } = await spawnCli(['bench', url, ...load, ...part, '--reporter', 'csv'])
        expect(stdout).toMatch(/^metric,unit,/)
      }),
    )
    const page = await scratchFile('merged.html')
    const merge = ['bench', 'merge', ...files, '--reporter', `html=${page}`]
    const { code, stdout } = await runCli([...merge, '--reporter', 'markdown'])
    expect(stdout).toContain('## soundcheck bench: pass')
    expect(await readFile(page, 'utf8')).toContain('<dt>requests</dt><dd>60,')
    expect(code).toBe(0)
    expect((await runCli([...merge, '--json', '--out', page])).stderr).toContain('html and json')
  })

  test('shards that ran one after the other: 2, and a late one: 4', async () => {
    const merged = async (seconds: number) => {
      const files = await Promise.all(['0.json', '1.json'].map(scratchFile))
      const shards = [0, seconds].map((second, index) =>
        reportOf([300, 400], {
          plan: { shard: { index, count: 2 } },
          startedAt: new Date(Date.UTC(2026, 0, 1) + second * 1_000).toISOString(),
          durationMs: 10_000,
        }),
      )
      await Promise.all(files.map((file, i) => writeFile(file, JSON.stringify(shards[i]))))
      return runCli(['bench', 'merge', ...files])
    }
    const apart = await merged(60)
    expect([apart.code, apart.stdout]).toEqual([2, ''])
    expect(apart.stderr).toContain('shard 1 began to measure 50.0 s after shard 0 had ended')
    const late = await merged(4)
    expect(late.code).toBe(4)
    expect(late.stdout.replaceAll(/\s+/g, ' ')).toContain(
      'INCONCLUSIVE because shard 1 began to measure 4.0 s after shard 0, in a run of 10.0 s',
    )
  })

  test('a moment to start at that is past: told at once, and by the report', async () => {
    const startAt = new Date(Date.now() - 5_000).toISOString()
    const args = ['bench', await referenceServer(PACED), ...SHORT, '--start-at', startAt]
    const { code, stdout, stderr } = await runCli(args)
    expect(stderr).toMatch(/^soundcheck: --start-at was [5-9]\.\d s ago: this run starts at once;/)
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(/but the run began [5-9]\.\d s after the moment/)
    expect(code).toBe(0)
    const over = await runCli([...args, '--duration', '3'])
    expect([over.code, over.stdout]).toEqual([2, ''])
    expect(over.stderr).toMatch(/^soundcheck: the run should have started at .*, and would be over/)
  })

  describe('saved runs, compared', () => {
    const base = lognormal(1_000, 300, 0.1, 1)

    test.each([
      [1.033, 'no difference', 0],
      [1.05, 'inconclusive', 4],
      [1.2, 'slower', 3],
      [0.8, 'faster', 0],
    ])('times %f: %s, %i', async (factor, word, expected) => {
      const files = await Promise.all(['before.json', 'after.json'].map(scratchFile))
      const runs = [base, base.map((ms) => ms * factor)].map((values) => reportOf(values))
      await Promise.all(files.map((file, i) => writeFile(file, JSON.stringify(runs[i]))))
      const { code, stdout } = await runCli(['compare', ...files])
      expect(stdout).toMatch(new RegExp(`^${word} {2}ttft: `, 'm'))
      expect(code).toBe(expected)
    })
  })

  describe('shards, merged from logs', () => {
    const shard = (index: number) =>
      JSON.stringify(reportOf([300, 400], { plan: { shard: { index, count: 2 } } }))
    const NPM = 'npm warn exec The following package was not found: llm-soundcheck\n'

    async function logged(...texts: string[]): Promise<string[]> {
      const files = await Promise.all(texts.map((_, i) => scratchFile(`${i}.log`)))
      await Promise.all(files.map((file, i) => writeFile(file, texts[i]!)))
      return files
    }

    test('skip the lines of others, and say how many', async () => {
      const files = await logged(
        `${NPM}{"level":30,"msg":"ready"}\n${shard(0)}\nnpm notice\n`,
        `${shard(1)}\n\n`,
      )
      const { code, stdout, stderr } = await runCli(['bench', 'merge', ...files, '--json'])
      expect(stderr).toBe('soundcheck: skipped 3 lines that are no report\n')
      expect(JSON.parse(stdout)).toMatchObject({ requests: { ok: 4 } })
      expect(code).toBe(0)
    })

    test('of all pods in one file, each line with its pod or time', async () => {
      const time = '2026-01-01T00:00:00.000000000Z'
      const log = `[pod/a/bench] ${NPM}[pod/a/bench] ${shard(0)}\n${time} ${shard(1)}`
      const { stdout, stderr } = await runCli(['bench', 'merge', ...(await logged(log)), '--json'])
      expect(stderr).toBe('soundcheck: skipped 1 line that is no report\n')
      expect(JSON.parse(stdout)).toMatchObject({ requests: { ok: 4 } })
    })

    test('are not taken for whole where a report is cut', async () => {
      const files = await logged(`${NPM}${shard(0)}\n${shard(1).slice(0, 2_000)}\n`)
      const { code, stderr } = await runCli(['bench', 'merge', ...files])
      expect(stderr).toContain(`report 2 of "${files[0]}" is not a report of bench (not JSON: `)
      expect(code).toBe(2)
    })

    test('are none where nothing is a report', async () => {
      const { code, stderr } = await runCli(['bench', 'merge', ...(await logged(NPM))])
      expect(stderr).toContain('is not a report of bench (not JSON: see line 1, column 1)')
      expect(code).toBe(2)
    })
  })

  test('broken budgets: 3', async () => {
    const args = [...SHORT, '--concurrency', '20', '--budget', BROKEN, '--json']
    const { code, stdout } = await runCli(['bench', await referenceServer(SLOW), ...args])
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'over-budget' })
    expect(code).toBe(3)
  })

  test('requests that failed, without a budget: 4, and what failed', async () => {
    let request = 0
    const url = await rawServer((_, response) => {
      response.writeHead(++request % 6 === 0 ? 503 : 200, { 'content-type': 'text/event-stream' })
      response.end(`${says('Hi.')}${DONE}`)
    })
    const { code, stdout } = await runCli(['bench', url, ...SHORT, '--no-contract'])
    expect(stdout).toMatch(/because +10 of 60 requests failed \(10 status 503\)/)
    expect(stdout).not.toContain('PASS')
    expect(code).toBe(4)
  })

  test('too few requests for a budget: 4, and how many it would take', async () => {
    const args = [...SHORT, '--budget', 'ttft p(99)<10000']
    const { code, stdout } = await runCli(['bench', await referenceServer(PACED), ...args])
    expect(stdout).toContain('a p(99) of 60 values proves nothing; it takes about 299')
    expect(code).toBe(4)
  })

  test('streams that break the contract are not good, unless that is what is asked for', async () => {
    const url = await referenceServer(faultOf('chunk/cumulative-content', 'cumulative'))
    const { code, stdout } = await runCli(['bench', url, ...SHORT])
    expect(stdout).toContain('60 failed: 60 chunk/cumulative-content')
    expect(stdout).toMatch(/^ {2}contract {2}chunk\/cumulative-content: .*…$/m)
    expect(code).toBe(4)
  })

  test('failures: what was seen of the first of each kind, without the key', async () => {
    const apiKey = 'sesame-1234-abcd'
    const url = await rawServer(({ headers }, response) => {
      response.writeHead(400, { 'content-type': 'application/json' })
      response.end(
        JSON.stringify({ error: { message: `\x1b no model: ${headers.authorization}` } }),
      )
    })
    const args = ['bench', url, ...SHORT, '--api-key', apiKey]
    const seen = 'no model: Bearer ****************'
    const { stdout } = await runCli(args)
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      `60 failed: 60 status 400; availability 0 % status status 400: \\u{1b} ${seen} run soundcheck check ${url} `,
    )
    const report = JSON.parse((await runCli([...args, '--json'])).stdout) as BenchReport
    expect(compileSchema(benchReportSchema)(report)).toEqual([])
    expect(report.failures).toEqual([
      { name: 'status 400', failure: 'status', count: 60, seen: `status 400: \x1b ${seen}` },
    ])
  })

  test('no key, where its variable is empty', async () => {
    const sent: unknown[] = []
    const url = await rawServer(({ headers }, response) => {
      sent.push(headers.authorization)
      response.writeHead(400).end()
    })
    await runCli(['bench', url, ...SHORT], { SOUNDCHECK_API_KEY: '' })
    expect(new Set(sent)).toEqual(new Set([undefined]))
  })

  test('a key that is refused: in the words of the endpoint', async () => {
    const apiKey = 'sesame-1234-abcd'
    const url = await rawServer((_, response) => {
      response.writeHead(401, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ error: { message: `expired: ${apiKey}` } }))
    })
    const { code, stderr } = await runCli(['bench', url, ...SHORT, '--api-key', apiKey])
    expect(stderr).toContain('status 401: expired: ****************).')
    expect(code).toBe(2)
  })

  test('nothing at this path: in the words of the endpoint, and what to look at', async () => {
    const url = await rawServer((_, response) => void response.writeHead(404).end('no route here'))
    const { code, stdout, stderr } = await runCli(['bench', url, ...SHORT])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(
      `${url}/chat/completions refused the request (status 404: no route here).`,
    )
    expect(stderr).toContain('Check the path of the URL')
  })

  test('a stream that breaks off: which check tells it', async () => {
    const url = await referenceServer(faultOf('transport/body-complete', 'socket-destroy'))
    const { stdout } = await runCli(['bench', url, ...SHORT, '--all'])
    expect(stdout).toContain('60 failed: 60 cut')
    expect(stdout).toMatch(/^ {2}cut {7}transport\/body-complete: The connection broke after/m)
  })

  test('conversations from a file, with callers who interrupt', async () => {
    const file = await scratchFile('calls.json')
    const call = [
      { role: 'user', content: 'Tell me a story.' },
      { role: 'assistant', content: 'Once there was a lighthouse.' },
      { role: 'user', content: 'Another one.' },
    ]
    await writeFile(file, JSON.stringify(call))
    const bodies: string[] = []
    const url = await rawServer(async (request, response) => {
      bodies.push(await text(request))
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': thinking\n\n')
      setTimeout(() => response.end(`${says('Hi.')}${DONE}`), bodies.length > 1 ? 400 : 0)
    })
    const args = ['--replay', file, '--interruption', '0.5', '--requests', '8', '--no-contract']
    const { stdout } = await runCli(['bench', url, ...SHORT, ...args, '--json'])
    const { requests } = JSON.parse(stdout) as BenchReport
    // Eight calls of two turns each; half of the bodies of a call hold both turns.
    expect(requests.attempted + requests.cancelled).toBe(16)
    expect(bodies.filter((body) => body.includes('Another one.'))).toHaveLength(8)
  })

  test('conversations from a file that go on from the answer before', async () => {
    const file = await scratchFile('calls.json')
    const call = ['Hello.', 'Goodbye.'].map((content) => ({ role: 'user', content }))
    await writeFile(file, JSON.stringify(call))
    const url = await referenceServer(PACED)
    const args = ['--api-type', 'responses', '--replay', file, '--chain', '--requests', '5']
    const { stdout } = await runCli(['bench', url, ...SHORT, ...args])
    expect(stdout).toMatch(/10 requests, .*10 ok; 5 went on from the answer before/s)
    const alone = await runCli(['bench', url, '--chain'])
    expect(alone.stderr).toBe("soundcheck: option '--chain' needs '--replay <file>'\n")
    expect(alone.code).toBe(2)
  })

  test('one endpoint in both of its APIs, which are two', async () => {
    const url = await referenceServer(PACED)
    const folder = await scratchFolder()
    const run = [...QUICK, '--requests', '20', '--no-contract']
    const { stdout } = await runCli([
      'bench',
      url,
      ...run,
      '--vs',
      url,
      '--vs-api-type',
      'responses',
    ])
    expect(stdout).toContain(`${url}/responses`)
    const files = ['chat_completions', 'responses'].map((type) => join(folder, type))
    for (const file of files) {
      await runCli(['bench', url, ...run, '--api-type', basename(file), '--out', file])
    }
    const { code, stderr } = await runCli(['bench', 'merge', ...files])
    expect([code, stderr]).toEqual([2, expect.stringContaining('not of one run: target')])
  })

  test('an open loop by rate', async () => {
    const args = ['--rate', '50', '--arrival', 'constant', '--duration', '1', '--warmup', '0']
    const { stdout, code } = await runCli([
      'bench',
      await referenceServer(),
      ...args,
      '--no-calibrate',
      '--json',
    ])
    expect(JSON.parse(stdout)).toMatchObject({
      plan: { load: 'constant', ratePerSecond: 50 },
      requests: { attempted: 50 },
    })
    expect(code).toBe(0)
  })

  test('Ctrl-C: 130, with what is known by then', async () => {
    const running = Promise.withResolvers<void>()
    let requests = 0
    const url = await rawServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': waiting\n\n')
      // The first only sees what answers.
      if (++requests === 2) running.resolve()
    })
    const child = startCli(['bench', url, ...SHORT, '--timeout', '5', '--json'])
    let stdout = ''
    child.stdout!.on('data', (piece: Buffer) => (stdout += piece.toString()))
    const exit = new Promise((resolve) => child.once('close', resolve))
    await running.promise
    child.kill('SIGINT')
    expect(await exit).toBe(130)
    expect((JSON.parse(stdout) as BenchReport).verdict).toBe('inconclusive')
  })

  test('two endpoints: the budgets of both, and the worst of all: 3', async () => {
    const [first, second] = await Promise.all([referenceServer(SLOW), referenceServer(SLOW)])
    const paced = ['--rate', '30', '--arrival', 'constant', '--duration', '4']
    const budgets = ['--budget', 'ttft p(95)<10000', '--budget', BROKEN]
    const args = [...QUICK, ...paced, ...budgets]
    const { code, stdout } = await runCli(['bench', first, '--vs', second, ...args])
    expect(stdout).toMatch(/^ {2}ttft +/m)
    expect(stdout.match(/^ {2}ok ttft p\(95\)<10000 {2}is/gm)).toHaveLength(2)
    expect(stdout.match(/^ {2}x {2}first_unit_chars max<1 {2}is/gm)).toHaveLength(2)
    expect(stdout.match(/^OVER-BUDGET$/gm)).toHaveLength(2)
    expect(code).toBe(3)
  })

  test('several loads: a row for each, where it stopped, and the worst verdict: 3', async () => {
    const budgets = ['--budget', 'ttft_sched p(50)<10000', '--budget', BROKEN]
    const args = [...QUICK, '--requests', '12', '--concurrency', '1,4', ...budgets]
    const url = await referenceServer(SLOW)
    const { code, stdout, stderr } = await runCli(['bench', url, ...args])
    expect(stderr).toBe('')
    expect(stdout).toMatch(/^at once +sent +failed/m)
    expect(stdout).toMatch(/^ +1 +12 +0 .* over-budget$/m)
    expect(stdout).toMatch(/^ +4 +12 +0 .* over-budget$/m)
    expect(stdout).toMatch(/^DOES NOT HOLD {2}not at 1 at once/m)
    expect(stdout).toContain('first_unit_chars max<1 is')
    expect(code).toBe(3)
  })

  test('a search with too few requests to tell: 4, and what to do', async () => {
    const budget = ['--budget', 'ttft p(95)<10000', '--find-capacity', '--rate', '20']
    const args = [...QUICK, '--requests', '20', ...budget]
    const { code, stdout, stderr } = await runCli(['bench', await referenceServer(PACED), ...args])
    expect(stderr).toMatch(/^This tries at most 18 rates for about 1 s each, 1 minute in all;/)
    expect(stdout).toContain('too few requests to tell')
    expect(stdout).toMatch(/^UNKNOWN {2}/m)
    expect(stdout).toContain('a p(95) of 20 values proves nothing; it takes about 59')
    expect(code).toBe(4)
  })

  test('several loads as JSON: their steps, each with its report', async () => {
    const args = ['--rate', '30,60', '--duration', '1', '--warmup', '0', '--no-calibrate', '--json']
    const { code, stdout } = await runCli(['bench', await referenceServer(PACED), ...args])
    const { steps } = JSON.parse(stdout) as Sweep
    expect(steps).toMatchObject([
      { ratePerSecond: 30, concurrency: null, holds: true },
      { ratePerSecond: 60, concurrency: null, holds: true },
    ])
    for (const { report } of steps) expect(compileSchema(benchReportSchema)(report)).toEqual([])
    expect(code).toBe(0)
  })

  test('Ctrl-C within several loads: 130, with the steps until then', async () => {
    const running = Promise.withResolvers<void>()
    let requests = 0
    const url = await rawServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      // One to see what answers, the first step, and one of the second.
      if (++requests > 61) running.resolve(void response.write(': waiting\n\n'))
      else response.end(`${says('Hi.')}${DONE}`)
    })
    const args = [...SHORT, '--no-contract', '--concurrency', '1,1,1']
    const child = startCli(['bench', url, ...args, '--json'])
    const exit = new Promise((resolve) => child.once('close', resolve))
    const stdout = text(child.stdout!)
    await running.promise
    child.kill('SIGINT')
    expect(await exit).toBe(130)
    const { steps } = JSON.parse(await stdout) as Sweep
    expect(steps.map(({ report }) => report.requests.ok)).toEqual([60, 0])
    expect(steps[1]!.report.reasons).toContain('the run was interrupted')
  })

  test.each([
    ['nothing listens', ['bench', 'http://127.0.0.1:1'], 'Nothing is listening on 127.0.0.1:1'],
    ['no URL', ['bench'], "missing required argument 'url'"],
    ['a bad budget', ['bench', 'http://127.0.0.1:1', '--budget', 'fast'], '"fast" is not a budget'],
    ['a bad shard', ['bench', 'http://127.0.0.1:1', '--shard', '3/3'], '0/3, 1/3 or 2/3'],
    [
      'two loads',
      ['bench', 'http://x', '--rate', '1', '--concurrency', '2'],
      'cannot be used with',
    ],
    ['no number in a list', ['bench', 'http://x', '--rate', '1,,2'], 'Give a number above 0'],
    ['a list for one load', ['bench', 'http://x', '--rate', '1,2', '--vs', 'http://y'], '--vs'],
    [
      'a table of what is none',
      ['bench', 'http://x', '--rate', '1,2', '--reporter', 'csv'],
      '--reporter takes one load',
    ],
    ['all of two', ['bench', 'http://x', '--rate', '1,2', '--all'], '--all takes one load'],
    ['a ramp from two', ['bench', 'http://x', '--rate', '1,2', '--ramp-to', '9'], '--rate'],
    ['no conversation', ['bench', 'http://x', '--replay', 'package.json'], 'is not a conversation'],
    ['no file', ['bench', 'http://x', '--prompts', '/no/such'], 'cannot read "/no/such"'],
    ['no such reporter', ['bench', 'http://x', '--reporter', 'tap'], 'The reporters are terminal,'],
    [
      'two reports in one place',
      ['bench', 'http://x', '--json', '--reporter', 'csv'],
      'would both write to standard output',
    ],
    [
      'two reports in one file',
      ['bench', 'http://x', '--out', 'x', '--reporter', 'html=x'],
      'would both write to "x"',
    ],
    [
      'a report in the place of the questions',
      ['bench', 'http://x', '--prompts', 'package.json', '--out', './package.json'],
      'the reporter json would write over "./package.json"; give it a file of its own',
    ],
    [
      'a report that cannot be',
      ['bench', 'http://127.0.0.1:1', '--reporter', 'html=/dev/null/x'],
      'cannot write to "/dev/null/x"',
    ],
    [
      'a report beside others that cannot be',
      ['bench', 'http://127.0.0.1:1', '--json', '--out', 'test'],
      'cannot write to "test": it is a folder',
    ],
    ['no name of a report', ['bench', 'http://127.0.0.1:1', '--out', ''], 'Name a file or folder.'],
    [
      'one report of two runs',
      ['bench', 'http://x', '--vs', 'http://y', '--reporter', 'html'],
      'cannot be used with',
    ],
    [
      'no report to compare',
      ['compare', 'package.json', 'package.json'],
      `"package.json" is not a report of bench (must have required property 'schemaVersion'); "soundcheck bench <url> --out <file>" writes one, of one load and one endpoint`,
    ],
    [
      'no JSON to compare',
      ['compare', 'README.md', 'README.md'],
      '(not JSON: see line 1, column 1)',
    ],
    ['a ramp from nowhere', ['bench', 'http://127.0.0.1:1', '--ramp-to', '9'], '--rate'],
  ])('%s: 2', async (_, args, message) => {
    const { code, stdout, stderr } = await runCli(args)
    expect(stderr).toContain(message)
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })

  test.each([
    ['--think', '1', '--replay'],
    ['--speculation', '0.1', '--replay'],
    ['--interruption', '0.1', '--replay'],
    ['--silence', '0.1', '--replay'],
    ['--metric', 'ttfs', '--vs'],
    ['--margin', '0.1', '--vs'],
    ['--arrival', 'constant', '--rate'],
  ])('%s %s would do nothing without %s: 2', async (option, value, needed) => {
    const { code, stderr } = await runCli(['bench', 'http://127.0.0.1:1', option, value])
    expect(stderr).toMatch(new RegExp(`^soundcheck: option '${option} .*' needs '${needed} `))
    expect(code).toBe(2)
  })

  test('--arrival is of use where a capacity is looked for', async () => {
    const args = ['--find-capacity', '--arrival', 'constant', '--budget', 'ttft p(95)<800']
    const { stderr } = await runCli(['bench', 'http://127.0.0.1:1', ...args])
    expect(stderr).toContain('Nothing is listening')
  })
})
