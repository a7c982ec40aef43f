import { chat } from '../../protocol/index.ts'
import { lstat, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { Command, Option } from 'commander'
import { SoundcheckError, TOOL } from '../../conformance/index.ts'
import { resolveTarget } from '../../endpoint/index.ts'
import { keysInPath, looksLikeAKey, secretsInQuery } from '../../wire/index.ts'
import { cannotWrite } from '../files/cannot-write.ts'
import { git } from '../init/git.ts'
import { makeFolder } from '../../wire/node.ts'
import { replaceFile } from '../files/replace-file.ts'
import { starterConfig } from '../init/starter-config.ts'
import { pipelines } from '../init/pipelines.ts'

interface Flags {
  readonly ci: keyof typeof pipelines
  readonly force?: boolean
}

const CONFIG = 'soundcheck.config.json'
const CODE = 'soundcheck.config.ts'
const DEFAULT_URL = 'https://api.example.com/v1'

/** `soundcheck init [url]`. */
export function initCommand(): Command {
  return new Command('init')
    .description('write a configuration and a CI pipeline into this folder')
    .argument('[url]', 'base URL of your endpoint, as configured in the platform', DEFAULT_URL)
    .addOption(
      new Option('--ci <system>', 'what runs the pipeline')
        .choices(Object.keys(pipelines))
        .default('github'),
    )
    .option('--force', 'replace files that are there already')
    .addHelpText('after', HELP)
    .action(async (url: string, { ci, force = false }: Flags) => {
      // A URL that cannot be checked is refused here rather than in the first run.
      resolveTarget({ url }, chat)
      refuseSecrets(url)
      await refuseSubfolder()
      const pipeline = await pipelines[ci](url)
      const isConfigured = await isThere(CODE)
      const files = { ...(!isConfigured && { [CONFIG]: starterConfig(url) }), ...pipeline.files }
      if (!force) await refuseToReplace(Object.keys(files))
      for (const file of Object.keys(files))
        await makeFolder(dirname(file)).catch(cannotWrite(file))
      for (const [file, text] of Object.entries(files)) {
        if (force) await replaceFile(file, text)
        else await writeFile(file, text, { flag: 'wx' }).catch(cannotWrite(file))
        process.stdout.write(`Wrote ${file}\n`)
      }
      const edit = isConfigured ? [SEE_CODE] : url === DEFAULT_URL ? [EDIT] : []
      process.stdout.write(nextSteps([...edit, TRY, ...pipeline.steps]))
    })
}

/** What is written is made to be committed. */
function refuseSecrets(url: string): void {
  const names = [...new Set(secretsInQuery(url).map(([name]) => shownName(name)))]
  const places = [
    ...(names.length > 0 ? [`the query of the URL has ${names.join(', ')}`] : []),
    ...(keysInPath(url).length > 0 ? ['the path of the URL has what looks like a key'] : []),
  ]
  if (places.length === 0) return
  throw new SoundcheckError(
    'INVALID_INPUT',
    `${places.join(', ')}, and what holds a secret is not to be committed, so nothing was written; ` +
      'leave it out, and let CI pass the whole URL to "check" from a secret of the repository',
  )
}

function shownName(name: string): string {
  return name === '' || looksLikeAKey(name) ? 'what looks like a key' : `"${name}"`
}

/** CI would neither find a pipeline there, nor the configuration beside it. */
async function refuseSubfolder(): Promise<void> {
  const root = await git('rev-parse', '--show-cdup')
  if (!root) return
  throw new SoundcheckError(
    'INVALID_INPUT',
    `CI reads pipelines at the root of a repository only, which is ${resolve(root)}, so nothing was written; ` +
      'run "init" there, or "git init" here first where this is to be a repository of its own',
  )
}

async function refuseToReplace(files: readonly string[]): Promise<void> {
  for (const file of files) {
    if (!(await isThere(file))) continue
    throw new SoundcheckError(
      'INVALID_INPUT',
      `"${file}" is there already, so nothing was written; --force replaces it`,
    )
  }
}

/** A link is there even if it leads nowhere. */
function isThere(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  )
}

const EDIT = `put the URL of your endpoint into ${CONFIG}`
const SEE_CODE = `${CODE} stays as it is: see that it has the URL of your endpoint`
const TRY = `try it here: npx ${TOOL.name} check`

function nextSteps(steps: readonly string[]): string {
  return `\nNext:\n${steps.map((step, i) => `  ${i + 1}. ${step}\n`).join('')}`
}

const HELP = `
Examples:
  soundcheck init https://api.example.com/v1
  soundcheck init https://api.example.com/v1 --ci gitlab
`
