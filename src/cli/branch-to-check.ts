import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const DEFAULT_BRANCH = 'main'

/** The branch whose pushes are checked: the default one of `origin`, or else the one that the repository is on. */
export async function branchToCheck(): Promise<string> {
  const origin = await nameOf('refs/remotes/origin/HEAD')
  return origin?.replace(/^origin\//, '') ?? (await nameOf('HEAD')) ?? DEFAULT_BRANCH
}

/** What a symbolic reference leads to; `undefined` outside a repository, or without git. */
async function nameOf(reference: string): Promise<string | undefined> {
  const { stdout } = await promisify(execFile)('git', ['symbolic-ref', '--short', reference]).catch(
    () => ({ stdout: '' }),
  )
  return stdout.trim() || undefined
}
