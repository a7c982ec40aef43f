import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** What git says in the working directory; `undefined` where it fails, outside a repository, or is not there. */
export async function git(...args: string[]): Promise<string | undefined> {
  return promisify(execFile)('git', args).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  )
}
