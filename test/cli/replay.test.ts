import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { CheckReport } from '../../src/conformance/index.ts'
import { startServer } from '../../src/server/index.ts'
import type { ExchangeJson } from '../../src/wire/index.ts'
import { faultOf } from '../support/fault.ts'
import { referenceServer } from '../support/reference-server.ts'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

/** What an agent of a restaurant sends, as recorded from the wire. */
const BOOKING = {
  model: 'mine',
  stream: true,
  messages: [
    { role: 'system', content: 'You book tables.' },
    { role: 'user', content: 'Goodbye!' },
  ],
  tools: [
    {
      type: 'function',
      function: {
        name: 'end_call',
        parameters: {
          type: 'object',
          properties: {
            outcome: { type: 'string', enum: ['booked', 'not_booked'] },
            reason: { type: 'string' },
          },
          required: ['outcome', 'reason'],
        },
      },
    },
  ],
}

async function folderWith(files: Record<string, unknown>): Promise<string> {
  const folder = await scratchFolder()
  for (const [name, content] of Object.entries(files))
    await writeFile(join(folder, name), JSON.stringify(content))
  return folder
}

describe('check --replay', () => {
  test("catches a wrong enum value in the arguments of the user's own tool", async () => {
    const url = await referenceServer(faultOf('tools/arguments-schema', 'tool-args-wrong-enum'))
    const folder = await folderWith({ 'booking.json': BOOKING })
    const args = ['check', url, '--replay', folder, '--only', 'tools/arguments-schema', '--json']
    const { stdout, code } = await runCli([...args, '--fail-on', 'warning'])
    const [result] = (JSON.parse(stdout) as CheckReport).checks
    const finding = result!.findings.find(({ probe }) => probe === 'replay')!
    expect(finding.message).toContain(
      'The arguments of end_call do not match its schema: /outcome must be equal to one of the allowed values: ["booked","not_booked"].',
    )
    expect(finding.exchange).toBe('replay-1-booking')
    expect(code).toBe(1)
  })

  describe('of requests of the Responses API', () => {
    const asked = {
      model: 'mine',
      stream: true,
      store: false,
      input: [{ role: 'user', content: 'Goodbye!' }],
      tools: [{ type: 'function', name: 'end_call', parameters: { type: 'object' } }],
    }
    const bodiesSent = async (recorded: unknown, apiType: string) => {
      await using server = await startServer()
      const folder = await folderWith({ 'bye.json': recorded })
      const args = ['check', server.url, '--api-type', apiType, '--only', 'replay', '--json']
      const { code, stdout } = await runCli([...args, '--replay', folder])
      const bodies = server.journal.entries().map(({ body }) => JSON.parse(body!) as unknown)
      return { code, checks: (JSON.parse(stdout) as CheckReport).checks, bodies }
    }

    test('are sent as they are, and judged by what is expected', async () => {
      const recorded = { request: asked, expect: { tool: 'end_call' } }
      const { code, checks, bodies } = await bodiesSent(recorded, 'responses')
      expect(checks.map(({ id, status }) => [id, status])).toEqual([['replay/expected', 'pass']])
      expect([code, bodies]).toEqual([0, [asked]])
    })

    test('are put in the words of chat completions for an endpoint of these', async () => {
      const { code, bodies } = await bodiesSent(
        { request: asked, expect: { tool: 'end_call' } },
        'chat_completions',
      )
      expect(code).toBe(0)
      expect(bodies).toMatchObject([
        {
          messages: [{ role: 'user', content: 'Goodbye!' }],
          tools: [{ function: { name: 'end_call' } }],
        },
      ])
    })

    test('that were saved are sent again', async () => {
      await using server = await startServer()
      const { url, journal } = server
      const folder = await scratchFolder()
      const args = ['check', url, '--api-type', 'responses']
      await runCli([...args, '--only', 'tools/id-missing', '--quick', '--save', folder])
      const first = journal.entries().map(({ body }) => body)
      journal.clear()
      await runCli([...args, '--only', 'replay', '--replay', folder])
      expect(first.length).toBeGreaterThan(0)
      expect(new Set(journal.entries().map(({ body }) => body))).toEqual(new Set(first))
    })
  })

  test('judges what a file expects, and everything else', async () => {
    const url = await referenceServer()
    const folder = await folderWith({
      'a.json': {
        request: BOOKING,
        expect: { tool: 'end_call' },
      },
      'b.json': { request: BOOKING, expect: { tool: 'book' } },
    })
    const { stdout, code } = await runCli(['check', url, '--replay', folder, '--json', '--quick'])
    const report = JSON.parse(stdout) as CheckReport
    const [expected] = report.checks.filter(({ id }) => id === 'replay/expected')
    expect(expected!.findings.map(({ exchange, message }) => [exchange, message])).toEqual([
      ['replay-2-b', 'The reply calls end_call. (5 of 5 samples)'],
    ])
    expect(report.summary.errors).toBe(1)
    expect(code).toBe(1)
  })

  test('takes what was saved of a run, each request once', async () => {
    const url = await referenceServer()
    const folder = await scratchFolder()
    const saved = join(folder, 'saved')
    await runCli(['check', url, '--save', saved, '--only', 'sse', '--quick'])
    const names = (await readdir(saved)).filter((name) => name.endsWith('.json'))
    const exchanges = await Promise.all(
      names.map(
        async (name) => JSON.parse(await readFile(join(saved, name), 'utf8')) as ExchangeJson,
      ),
    )
    const asking = exchanges.filter(({ request }) => request.url.endsWith('/chat/completions'))
    const bodies = new Set(asking.map(({ request }) => request.body))
    expect(bodies.size).toBeGreaterThan(1)
    await writeFile(join(saved, 'again.json'), JSON.stringify(exchanges[0]))
    await writeFile(
      join(saved, 'models.json'),
      JSON.stringify({ ...exchanges[0], request: { ...exchanges[0]!.request, body: null } }),
    )

    const replayed = join(folder, 'replayed')
    const args = ['check', url, '--replay', saved, '--save', replayed, '--only', 'sse']
    const { code, stderr } = await runCli(args)
    expect({ code, stderr }).toMatchObject({ code: 0 })
    const sent = (await readdir(replayed)).filter((name) => /^replay-.*json$/.test(name))
    expect(sent).toHaveLength(bodies.size)
  })

  test('of the built-in server, which is gone then, no report says how to repeat', async () => {
    const folder = await folderWith({ 'b.json': { request: BOOKING, expect: { tool: 'book' } } })
    const page = join(folder, 'report.html')
    const args = ['check', '--replay', join(folder, 'b.json'), '--only', 'replay']
    const reporters = ['--reporter', 'terminal', '--reporter', `html=${page}`]
    const { stdout, code } = await runCli([...args, ...reporters])
    expect(stdout).toContain('x error   replay/expected')
    expect(stdout + (await readFile(page, 'utf8'))).not.toContain('curl')
    expect(code).toBe(1)
  })

  test('without it, no report tells of expectations', async () => {
    const { stdout } = await runCli(['check', '--quick', '--json'])
    const ids = (JSON.parse(stdout) as CheckReport).checks.map(({ id }) => id)
    expect(ids).not.toContain('replay/expected')
    expect((await runCli(['check', '--only', 'replay/expected'])).stderr).toContain(
      'replay/expected is judged only with --replay',
    )
  })

  test.each([
    ['nothing there', '/no/such/file', 'there is no file or folder "/no/such/file" to replay'],
    ['an empty folder', {}, 'there are no .json files to replay in'],
    [
      'a list',
      { 'a.json': [] },
      'a.json" is not a recorded request (must be object); write the body of a request, or {"re',
    ],
    [
      'no request',
      { 'a.json': { model: 'm' } },
      "a.json\" is not a recorded request (must have required property 'messages'); write",
    ],
    [
      'a slip',
      { 'a.json': { request: BOOKING, expect: { tools: 'x' } } },
      'a.json" is not a recorded request (/expect must NOT have additional properties',
    ],
  ])('%s: 2', async (_, files, message) => {
    const path = typeof files === 'string' ? files : await folderWith(files)
    const { code, stderr } = await runCli(['check', 'http://127.0.0.1:1', '--replay', path])
    expect(stderr).toContain(message)
    expect(code).toBe(2)
  })
})
