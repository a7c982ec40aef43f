import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const START = new URL('../../../src/tap/pass/start-pass.ts', import.meta.url).href

/** Says which modules are loaded by any thread but the main one. */
const TELLING = `
import { writeSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { isMainThread } from 'node:worker_threads'
const load = (url, context, next) => {
  writeSync(1, url + '\\n')
  return next(url, context)
}
if (!isMainThread) registerHooks({ load })
`
const PROGRAM = `
const upstream = new URL('http://127.0.0.1:1')
import('${START}')
  .then(({ startPass }) => startPass({ upstream, host: '127.0.0.1', port: 0, onExchange: () => {} }))
  .then((pass) => pass.close())
`

test('the thread in which bytes pass loads of the wire only what it needs', async () => {
  const hook = `data:text/javascript,${encodeURIComponent(TELLING)}`
  const args = ['--import', hook, '--eval', PROGRAM]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  const loaded = stdout.split('\n').filter((url) => url.includes('/src/'))
  expect(loaded.some((url) => url.endsWith('/pass-thread.ts'))).toBe(true)
  const ofWire = loaded.flatMap((url) => /\/wire\/(.*)\.ts$/.exec(url)?.[1] ?? [])
  expect(ofWire.toSorted()).toEqual([
    'bounds',
    'content-coding',
    'describe-failure',
    'exchange',
    'thread',
  ])
  expect(stdout).not.toContain('node_modules')
})
