import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { onTestFinished } from 'vitest'
import { scratchFolder } from './scratch-folder.ts'

const run = promisify(execFile)

/** A disk of so many KiB, or one that is read-only; `undefined` where this machine lets nobody mount one. */
export async function smallDisk(option: `size=${number}k` | 'ro'): Promise<string | undefined> {
  const folder = await scratchFolder()
  const isMounted = await run('mount', ['-t', 'tmpfs', '-o', option, 'tmpfs', folder]).then(
    () => true,
    () => false,
  )
  if (!isMounted) return undefined
  onTestFinished(async () => void (await run('umount', ['-l', folder])))
  return folder
}

export const NO_DISK = 'a small disk cannot be mounted here'
