import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { BIN } from '../support/start-cli.ts'

const { engines } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { engines: { node: string } }

/** Asks for the version, in a Node.js that takes itself for another. */
async function versionIn(node: string): Promise<{ code: number | null; said: string }> {
  const fake = `Object.defineProperty(process.versions, 'node', { value: '${node}' })`
  const args = ['--import', `data:text/javascript,${encodeURIComponent(fake)}`, BIN, '--version']
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, (_, stdout, stderr) =>
      resolve({ code: child.exitCode, said: stdout + stderr }),
    )
  })
}

test.each(['20.20.0', '22.18.1', '9.99.0'])(
  'Node.js %s is too old: what it takes, and 2',
  async (node) => {
    expect(await versionIn(node)).toEqual({
      code: 2,
      said: `soundcheck: Node.js 22.19 or newer is needed, this is ${node}\n`,
    })
    expect(engines.node).toBe('>=22.19')
  },
)

test.each(['22.19.0', '24.0.0', '26.10.0'])('Node.js %s will do', async (node) => {
  const { code, said } = await versionIn(node)
  expect(said).toMatch(/^\d+\.\d+\.\d+\n$/)
  expect(code).toBe(0)
})
