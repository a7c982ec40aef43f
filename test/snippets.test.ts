import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { pages } from '../scripts/pages.ts'
import { startServer } from '../src/server/index.ts'
import { type Fence, fencesOf } from './support/fences.ts'
import { makeProject, ROOT } from './support/pages-project.ts'
import { BIN, KEPT_TOGETHER } from './support/start-cli.ts'

const SHELL = fileURLToPath(new URL('support/snippets.sh', import.meta.url))
/** Endpoints that pages talk of; all are the reference server. */
const ENDPOINT = /https:\/\/api\.example\.com|http:\/\/localhost:\d+/g
/** In bytes: a journal of all that other pages sent may be among it. */
const MAX_OUTPUT = 2 ** 28
const USES_VITEST = /from '(?:vitest|llm-soundcheck\/vitest)'/

const server = await startServer({ warm: true })
const folder = await mkdtemp(join(tmpdir(), 'soundcheck-pages-'))
const { origin } = new URL(server.url)

interface Snippet extends Fence {
  readonly path: string
}

const told = pages
  .map((page) => ({ name: nameOf(page), fences: fencesOf(readFileSync(page, 'utf8')) }))
  .filter(({ fences }) => fences.length > 0)

/** Pages with the same snippets, such as those that deploy, have them run once. */
const written = [...Map.groupBy(told, ({ fences }) => JSON.stringify(fences)).values()].map(
  (alike) => {
    const [{ name, fences }] = alike as [(typeof told)[number]]
    const place = join(folder, 'pages', name)
    const snippets = fences.map((fence, i) => ({
      ...fence,
      code: fence.code.replaceAll(ENDPOINT, origin),
      path: join(place, fence.file ?? `snippet-${i}.${fence.language}`),
    }))
    return { name, of: alike.map((page) => page.name).join(', '), place, snippets }
  },
)

/** Two pages may be called alike, in folders of their own. */
function nameOf(page: URL): string {
  return relative(ROOT, fileURLToPath(page)).replace(/\.md$/, '').replaceAll('/', '-')
}

beforeAll(async () => {
  await makeProject(
    folder,
    written.map(({ name }) => name),
  )
  for (const { path, code } of written.flatMap(({ snippets }) => snippets)) {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, code)
  }
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

describe.each(written)('the snippets of $of', ({ place, snippets }) => {
  const inShell = snippets.filter(({ language }) => language === 'sh').map(({ code }) => code)

  test('run, one after the other', { timeout: 300_000 }, async () => {
    for (const snippet of snippets) await play(snippet, place)
  })

  test.skipIf(inShell.length === 0)('the files among them are used by the commands', () => {
    for (const { file, language } of snippets) {
      if (file === undefined || language === 'ts') continue
      expect(inShell.join('\n')).toMatch(new RegExp(`${dirname(file)}/|${basename(file)}`))
    }
  })
})

test('those in TypeScript have no errors', async () => {
  const tsc = join(ROOT, 'node_modules/.bin/tsc')
  const { code, said } = await run(tsc, ['--project', join(folder, 'pages')], folder)
  expect(code, said).toBe(0)
})

async function play({ language, code, path }: Snippet, place: string): Promise<void> {
  if (language === 'json') JSON.parse(code)
  else if (language === 'yaml') parse(code)
  else if (language === 'sh') await playShell(code, place)
  else if (language === 'ts') await playScript(code, path, place)
  else throw new Error(`nothing runs "${language}"; say why not: <!-- not run: ... -->`)
}

async function playShell(script: string, place: string): Promise<void> {
  const { code, said } = await run('bash', ['-c', `source '${SHELL}'\n${script}`], place)
  expect(code, `${script}\n${said}`).toBe(0)
}

/** What a script prints, its comments say: `console.log(x) // 1`. */
async function playScript(script: string, path: string, place: string): Promise<void> {
  const program = USES_VITEST.test(script)
    ? [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--root', place, basename(path)]
    : [path]
  const { code, said } = await run(process.execPath, program, place)
  expect(code, said).toBe(0)
  for (const [, printed] of script.matchAll(/^console\.log\(.*\) \/\/ (.+)$/gm))
    expect(said.split('\n')).toContain(printed)
}

function run(
  program: string,
  args: readonly string[],
  cwd: string,
): Promise<{ code: number; said: string }> {
  const { PATH } = process.env
  const env = {
    PATH,
    BIN,
    HOME: folder,
    KEY: 'sk-snippet',
    NODE: process.execPath,
    ...KEPT_TOGETHER,
    ROOT,
  }
  return new Promise((resolve) => {
    execFile(program, args, { cwd, env, maxBuffer: MAX_OUTPUT }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), said: stdout + stderr }),
    )
  })
}
