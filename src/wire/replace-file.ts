import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { copyFile, rename, rm, writeFile } from 'node:fs/promises'

/** Those that would stay behind if the process ended now. */
const drafts = new Set<string>()

function removeDrafts(): void {
  for (const draft of drafts) rmSync(draft, { force: true })
}

/**
 * Writes a file that never stands there half-written. What stood in its place is replaced; where that
 * was a link, what it led to stays as it was. A process that is killed leaves at most a draft beside
 * it, whose name goes on behind that of the file.
 */
export async function replaceFile(file: string, text: string, mode = 0o666): Promise<void> {
  const draft = `${file}.${randomUUID()}`
  if (drafts.size === 0) process.on('exit', removeDrafts)
  drafts.add(draft)
  try {
    await writeFile(draft, text, { mode, flag: 'wx' })
    await rename(draft, file).catch(async (error: NodeJS.ErrnoException) => {
      // A file that is mounted, as into a container, cannot be replaced, only written.
      if (error.code !== 'EBUSY') throw error
      await copyFile(draft, file)
      await rm(draft)
    })
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {})
    throw error
  } finally {
    drafts.delete(draft)
    if (drafts.size === 0) process.off('exit', removeDrafts)
  }
}
