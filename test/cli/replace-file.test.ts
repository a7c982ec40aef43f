import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { scratchFolder } from '../support/scratch-folder.ts'

const MODULE = new URL('../../src/cli/replace-file.ts', import.meta.url)

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
