import { lstat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Command } from 'commander'
import { SoundcheckError, TOOL } from '../conformance/index.ts'
import { resolveTarget } from '../endpoint/index.ts'
import { keysInPath, looksLikeAKey, secretsInQuery } from '../wire/index.ts'
import { cannotWrite } from './cannot-write.ts'
import { makeFolder } from './make-folder.ts'
import { replaceFile } from './replace-file.ts'
import { starterConfig } from './starter-config.ts'
import { starterWorkflow } from './starter-workflow.ts'

const DEFAULT_URL = 'https://api.example.com/v1'

/** `soundcheck init [url]`. */
export function initCommand(): Command {
  return new Command('init')
    .description('write a configuration and a GitHub Actions workflow into this folder')
    .argument('[url]', 'base URL of your endpoint, as configured in the platform', DEFAULT_URL)
    .option('--force', 'replace files that are there already')
    .addHelpText('after', HELP)
    .action(async (url: string, { force = false }: { force?: boolean }) => {
      // A URL that cannot be checked is refused here rather than in the first run.
      resolveTarget({ url })
      refuseSecrets(url)
      const files = {
        'soundcheck.config.json': starterConfig(url),
        '.github/workflows/soundcheck.yml': starterWorkflow(),
      }
      if (!force) await refuseToReplace(Object.keys(files))
      for (const [file, text] of Object.entries(files)) {
        await makeFolder(dirname(file)).catch(cannotWrite(file))
        if (force) await replaceFile(file, text)
        else await writeFile(file, text, { flag: 'wx' }).catch(cannotWrite(file))
        process.stdout.write(`Wrote ${file}\n`)
      }
      process.stdout.write(nextSteps(url))
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

async function refuseToReplace(files: readonly string[]): Promise<void> {
  for (const file of files) {
    // A link is there even if it leads nowhere.
    const isThere = await lstat(file).then(
      () => true,
      () => false,
    )
    if (!isThere) continue
    throw new SoundcheckError(
      'INVALID_INPUT',
      `"${file}" is there already, so nothing was written; --force replaces it`,
    )
  }
}

function nextSteps(url: string): string {
  const edit =
    url === DEFAULT_URL ? ['put the URL of your endpoint into soundcheck.config.json'] : []
  const steps = [
    ...edit,
    `try it here: npx ${TOOL.name} check`,
    'if the endpoint needs a key, add it to the repository as the secret SOUNDCHECK_API_KEY',
    'commit the files: every push and pull request is then checked',
  ]
  return `\nNext:\n${steps.map((step, i) => `  ${i + 1}. ${step}\n`).join('')}`
}

const HELP = `
Examples:
  soundcheck init https://api.example.com/v1
`
