import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { scratchFolder } from '../../support/scratch-folder.ts'

const MODULE = new URL('../../../src/gateway/upstream/provider/import-package.ts', import.meta.url)

test('a package is found in the project that is worked on', async () => {
  const project = await scratchFolder()
  const folder = join(project, 'node_modules', '@ai-sdk', 'of-the-project')
  await mkdir(folder, { recursive: true })
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ type: 'module', exports: { '.': { import: './i.js', default: './i.js' } } }),
  )
  await writeFile(join(folder, 'i.js'), "export const found = 'in the project'")
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { importPackage } from '${MODULE.href}'
       console.log((await importPackage('@ai-sdk/of-the-project')).found)`,
    ],
    { cwd: project },
  )
  expect(stdout).toBe('in the project\n')
})
