import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { expect, onTestFinished, test } from 'vitest'
import { scratchFolder } from '../support/scratch-folder.ts'
import { startCli } from '../support/start-cli.ts'

test.each([
  ['serve', '--port', '0'],
  ['gateway', '--upstream', 'http://127.0.0.1:9/v1', '--port', '0'],
  ['tap', 'http://127.0.0.1:9/v1', '--port', '0'],
])('what %s compiled is kept, though it is killed', async (...args) => {
  const folder = await scratchFolder()
  const child = startCli(args, { NODE_COMPILE_CACHE: folder })
  onTestFinished(() => void child.kill('SIGKILL'))
  const exit = once(child, 'exit')
  await expect
    .poll(async () => (await readdir(folder, { recursive: true })).length, { timeout: 20_000 })
    .toBeGreaterThan(20)
  child.kill('SIGKILL')
  await exit
})
