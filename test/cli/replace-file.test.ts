import { execFile, spawnSync } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { scratchFolder } from '../support/scratch-folder.ts'

const MODULE = new URL('../../src/cli/files/replace-file.ts', import.meta.url)

test('a process that ends meanwhile leaves no draft behind', async () => {
  const folder = await scratchFolder()
  const code = `
    import { readdirSync } from 'node:fs'
    const { replaceFile } = await import(${JSON.stringify(MODULE.href)})
    void replaceFile(${JSON.stringify(join(folder, 'report'))}, 'x'.repeat(100_000_000))
    const isThere = () => readdirSync(${JSON.stringify(folder)}).length > 0
    const look = () => (isThere() ? (console.log('drafted'), process.exit()) : setImmediate(look))
    look()
  `
  const args = ['--input-type=module', '-e', code]
  expect((await promisify(execFile)(process.execPath, args)).stdout).toBe('drafted\n')
  expect(await readdir(folder)).toEqual([])
})

const maps = spawnSync('unshare', ['--map-root-user', '--mount', 'true']).status === 0

test.skipIf(!maps)('a file that is mounted is written where it is', async () => {
  const folder = await scratchFolder()
  const [outside, inside] = [join(folder, 'outside'), join(folder, 'inside')]
  for (const file of [outside, inside]) await writeFile(file, 'before, and longer')
  const code = `
    const { replaceFile } = await import(${JSON.stringify(MODULE.href)})
    await replaceFile(${JSON.stringify(inside)}, 'after')
  `
  const mounted = 'mount --bind "$0" "$1" && exec "$2" --input-type=module -e "$3"'
  const args = ['sh', '-c', mounted, outside, inside, process.execPath, code]
  await promisify(execFile)('unshare', ['--map-root-user', '--mount', ...args])
  expect(await readFile(outside, 'utf8')).toBe('after')
  expect(await readdir(folder)).toEqual(['inside', 'outside'])
})
