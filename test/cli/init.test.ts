import { execFileSync } from 'node:child_process'
import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { schemas } from '../../scripts/schemas.ts'
import { compileSchema } from '../../src/protocol/index.ts'
import { faultOf } from '../support/fault.ts'
import { runScript } from '../support/npx.ts'
import { referenceServer } from '../support/reference-server.ts'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const CONFIG = 'soundcheck.config.json'
const WORKFLOW = '.github/workflows/soundcheck.yml'
const GITLAB_JOB = '.gitlab/soundcheck.yml'

const init = (cwd: string, ...args: string[]) => runCli(['init', ...args], {}, cwd)

interface Step {
  readonly run?: string
  readonly env?: Record<string, string>
}

test('writes both files, names them, and says what to do next', async () => {
  const folder = await scratchFolder()
  const { code, stdout } = await init(folder, 'https://llm.example/v1')
  expect(code).toBe(0)
  for (const part of [`Wrote ${CONFIG}`, `Wrote ${WORKFLOW}`, 'Next:', 'SOUNDCHECK_API_KEY'])
    expect(stdout).toContain(part)
  expect((await readdir(folder)).toSorted()).toEqual(['.github', CONFIG])
})

test('the configuration satisfies its schema', async () => {
  const folder = await scratchFolder()
  await init(folder, 'https://llm.example/v1')
  const config = JSON.parse(await readFile(join(folder, CONFIG), 'utf8'))
  expect(compileSchema(schemas.config)(config)).toEqual([])
  expect(config).toMatchObject({ $schema: schemas.config.$id, url: 'https://llm.example/v1' })
})

test("GitHub's own parser takes the workflow", async () => {
  const folder = await scratchFolder()
  await init(folder, 'https://llm.example/v1')
  const content = await readFile(join(folder, WORKFLOW), 'utf8')
  const errorsOf = (text: string) =>
    parseWorkflow({ name: WORKFLOW, content: text }, new NoOperationTraceWriter())
      .context.errors.getErrors()
      .map(({ message }) => message)
  expect(errorsOf(content)).toEqual([])
  expect(errorsOf(content.replace('runs-on', 'run-on'))).not.toEqual([])
})

test.each([
  ['a good endpoint: 0', {}, 0],
  ['a broken one: 1', faultOf('sse/done', 'done-missing'), 1],
])('what the workflow runs judges %s', async (_, options, exitCode) => {
  const url = await referenceServer(options)
  const folder = await scratchFolder()
  await init(folder, url)
  const { jobs } = parse(await readFile(join(folder, WORKFLOW), 'utf8'))
  const steps: Step[] = jobs.check.steps
  const [step, ...others] = steps.filter(({ run }) => run !== undefined)
  expect(others).toEqual([])
  // A secret that is not set is empty.
  const env = {
    ...step!.env!,
    SOUNDCHECK_API_KEY: '',
    GITHUB_STEP_SUMMARY: join(folder, 'summary'),
  }
  const { code, stdout, stderr } = await runScript(step!.run!, env, folder)
  expect(stderr).not.toContain('soundcheck:')
  expect(code).toBe(exitCode)
  expect(stdout.includes('::error ')).toBe(exitCode === 1)
  expect(await readFile(join(folder, 'summary'), 'utf8')).toContain('# soundcheck: ')
  expect(JSON.parse(await readFile(join(folder, 'soundcheck.sarif'), 'utf8')).version).toBe('2.1.0')
})

test.each([CONFIG, WORKFLOW])('%s is replaced only with --force', async (file) => {
  const folder = await scratchFolder()
  await mkdir(join(folder, '.github/workflows'), { recursive: true })
  await writeFile(join(folder, file), 'mine')
  const refused = await init(folder)
  expect(refused.stderr).toContain(
    `"${file}" is there already, so nothing was written; --force replaces it`,
  )
  expect(refused).toMatchObject({ code: 2, stdout: '' })
  expect(await readFile(join(folder, file), 'utf8')).toBe('mine')
  expect(await readdir(folder)).not.toContain(file === CONFIG ? WORKFLOW : CONFIG)

  expect((await init(folder, '--force')).code).toBe(0)
  expect(await readFile(join(folder, file), 'utf8')).not.toBe('mine')
})

test.each([{ force: [] }, { force: ['--force'] }])(
  'a configuration in TypeScript stays the only one: $force',
  async ({ force }) => {
    const folder = await scratchFolder()
    await writeFile(join(folder, 'soundcheck.config.ts'), 'export default {}')
    const { code, stdout } = await init(folder, 'https://llm.example/v1', ...force)
    expect(code).toBe(0)
    expect(stdout).toContain('soundcheck.config.ts stays as it is')
    expect((await readdir(folder)).toSorted()).toEqual(['.github', 'soundcheck.config.ts'])
  },
)

test('writes nothing where a folder cannot be made', async () => {
  const folder = await scratchFolder()
  await writeFile(join(folder, '.github'), '')
  const { code, stdout, stderr } = await init(folder, 'https://llm.example/v1')
  expect(stderr).toContain(`cannot write to "${WORKFLOW}": ".github" is there, and is no folder`)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(await readdir(folder)).toEqual(['.github'])
})

test.each(['github', 'gitlab'])('%s reads the root of a repository only', async (ci) => {
  const folder = join(await repository('init -q'), 'services', 'voice')
  await mkdir(folder, { recursive: true })
  const { code, stdout, stderr } = await init(folder, 'https://llm.example/v1', '--ci', ci)
  expect(stderr).toContain('CI reads pipelines at the root of a repository only, which is /')
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(await readdir(folder)).toEqual([])
  execFileSync('git', ['init', '-q'], { cwd: folder })
  expect((await init(folder, 'https://llm.example/v1', '--ci', ci)).code).toBe(0)
})

test('a URL that cannot be checked: 2, and nothing is written', async () => {
  const folder = await scratchFolder()
  const { code, stderr } = await init(folder, 'llm.example')
  expect(code).toBe(2)
  expect(stderr).toContain('did you mean https://llm.example')
  expect(await readdir(folder)).toEqual([])
})

test.each([
  ['http://h/v1?sk-proj-Ab3Zx9QwErTy7uIoP1mN', 'the query of the URL has what looks like a key'],
  ['http://h/v1?pwd=x7Gh2', 'the query of the URL has "pwd"'],
  ['http://h/sk-proj-Ab3Zx9QwErTy7uIoP1mN/v1', 'the path of the URL has what looks like a key'],
])('writes no key of a URL: %s', async (url, reason) => {
  const folder = await scratchFolder()
  const refused = await init(folder, url)
  expect(refused).toMatchObject({ code: 2, stdout: '' })
  expect(refused.stderr).toContain(reason)
  expect(refused.stderr).not.toMatch(/Ab3Zx9Qw|x7Gh2/)
  expect(await readdir(folder)).toEqual([])
})

/** Makes a repository, by commands of git. */
async function repository(...commands: string[]): Promise<string> {
  const folder = await scratchFolder()
  for (const command of commands) execFileSync('git', command.split(' '), { cwd: folder })
  return folder
}

const COMMIT = '-c user.name=ava -c user.email=ava@example.com commit -q --allow-empty -m first'

test.each([
  ['the branch that it is on', ['init -q -b trunk'], 'trunk'],
  [
    'the default branch of its origin, rather than one of somebody at work',
    ['init -q -b work', 'symbolic-ref refs/remotes/origin/HEAD refs/remotes/origin/develop'],
    'develop',
  ],
  [
    'a branch of a usual name, rather than one of somebody at work',
    ['init -q -b master', COMMIT, 'checkout -q -b feature/x'],
    'master',
  ],
  [
    'one that is at its origin only',
    ['init -q -b work', COMMIT, 'update-ref refs/remotes/origin/main HEAD'],
    'main',
  ],
  [
    'what new repositories begin with',
    ['init -q -b develop', 'config init.defaultBranch develop', COMMIT, 'checkout -q -b main'],
    'develop',
  ],
  [
    'also where no branch is checked out',
    ['init -q -b master', COMMIT, 'checkout -q --detach'],
    'master',
  ],
])('the workflow checks what a repository is pushed to: %s', async (_, commands, branch) => {
  const folder = await repository(...commands)
  const { stdout } = await init(folder, 'https://llm.example/v1')
  const { on } = parse(await readFile(join(folder, WORKFLOW), 'utf8'))
  expect(on.push.branches).toEqual([branch])
  expect(stdout).toContain(`every push to ${branch}, is then checked`)
  expect(stdout).not.toContain('guess')
})

const UNNAMED = 'nothing here names the default branch'

test.each([
  ['an unusual branch, with slashes', ['init -q -b release/2026'], 'release/2026', UNNAMED],
  ['no branch', ['init -q -b x', COMMIT, 'checkout -q --detach'], 'main', UNNAMED],
  ['no repository', [], 'main', 'no git repository was found'],
])('says that a branch is a guess: %s', async (_, commands, branch, why) => {
  const folder = await repository(...commands)
  const { stdout } = await init(folder, 'https://llm.example/v1')
  const { on } = parse(await readFile(join(folder, WORKFLOW), 'utf8'))
  expect(on.push.branches).toEqual([branch])
  expect(stdout).toContain(`see that ${branch} is your default branch, which is a guess (${why})`)
})

test('without git, it is main', async () => {
  const folder = await scratchFolder()
  await runCli(['init'], { PATH: '', GIT_CEILING_DIRECTORIES: folder }, folder)
  expect(parse(await readFile(join(folder, WORKFLOW), 'utf8')).on.push.branches).toEqual(['main'])
})

test.each([
  'http://localhost:8000/v1',
  'http://127.0.0.1:8000',
  'http://[::1]:8000',
  'http://my_llm:80',
  'http://10.0.0.7/v1',
])('says that CI does not reach %s, on the screen and in the file', async (url) => {
  for (const [ci, file] of [
    ['github', WORKFLOW],
    ['gitlab', GITLAB_JOB],
  ] as const) {
    const folder = await scratchFolder()
    const { code, stdout } = await init(folder, url, '--ci', ci)
    expect(code).toBe(0)
    const told = `cannot reach ${new URL(url).origin}: start the server in the pipeline`
    expect(stdout).toContain(told)
    expect(await readFile(join(folder, file), 'utf8')).toContain(told)
  }
})

test('of a URL that CI reaches, nothing is said', async () => {
  const folder = await scratchFolder()
  expect((await init(folder, 'https://llm.example/v1')).stdout).not.toContain('cannot reach')
})

test('for GitLab, a job of its own, which the pipeline includes', async () => {
  const folder = await scratchFolder()
  const { stdout } = await init(folder, 'https://llm.example/v1', '--ci', 'gitlab')
  expect(stdout).not.toContain('include:')
  const { include } = parse(await readFile(join(folder, '.gitlab-ci.yml'), 'utf8'))
  expect(include).toEqual([{ local: `/${GITLAB_JOB}` }])
  const job = parse(await readFile(join(folder, GITLAB_JOB), 'utf8'))
  expect(job).toMatchObject({
    soundcheck: { script: [expect.stringContaining(' check ')], artifacts: { when: 'always' } },
  })
  expect(await readdir(folder)).not.toContain('.github')
})

test('a pipeline that is there stays as it is, also with --force', async () => {
  const folder = await scratchFolder()
  await writeFile(join(folder, '.gitlab-ci.yml'), 'mine')
  for (const more of [[], ['--force']]) {
    const { code, stdout } = await init(folder, 'https://llm.example/v1', '--ci', 'gitlab', ...more)
    expect(code).toBe(0)
    expect(stdout).toContain(`add "- local: /${GITLAB_JOB}" under "include:" in .gitlab-ci.yml`)
  }
  expect(await readFile(join(folder, '.gitlab-ci.yml'), 'utf8')).toBe('mine')
})

test('what the job of GitLab runs writes the files that it keeps', async () => {
  const url = await referenceServer(faultOf('sse/done', 'done-missing'))
  const folder = await scratchFolder()
  await init(folder, url, '--ci', 'gitlab')
  const { soundcheck } = parse(await readFile(join(folder, GITLAB_JOB), 'utf8'))
  const [script] = soundcheck.script as string[]
  const { code } = await runScript(script!, { SOUNDCHECK_API_KEY: '' }, folder)
  expect(code).toBe(1)
  const { paths, reports } = soundcheck.artifacts
  expect(await readdir(folder)).toEqual(expect.arrayContaining([...paths, reports.junit]))
})
