import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { watch } from 'node:fs'
import { readdir, readFile, rm, symlink, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ExchangeStore, type StoreOptions } from '../../../src/tap/index.ts'
import { type Exchange, exchangeFromJson } from '../../../src/wire/index.ts'
import { DONE, exchangeOf, says } from '../../support/exchanges.ts'
import { scratchFolder } from '../../support/scratch-folder.ts'
import { NO_DISK, smallDisk } from '../../support/small-disk.ts'

const KEY = 'sk-proj-Zq8vT3nW5xLm2RbC7dHf'

function exchange(second: number, rest: Partial<Exchange> = {}): Exchange {
  return exchangeOf([[10, says('Hello.') + DONE]], {
    id: `tap-${second}`,
    startedAt: new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString(),
    ...rest,
  })
}

async function opened(options: Partial<StoreOptions> = {}) {
  const folder = options.folder ?? (await scratchFolder())
  const troubles: string[] = []
  const store = new ExchangeStore({
    onTrouble: ({ message }) => troubles.push(message),
    ...options,
    folder,
  })
  return { store, folder, troubles }
}

async function idsIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).toSorted()
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
  return texts.map((text) => exchangeFromJson(JSON.parse(text)).id)
}

test('names sort by time, and what is saved can be read back', async () => {
  const { store, folder, troubles } = await opened({ folder: join(await scratchFolder(), 'a/b') })
  for (const second of [2, 1, 11]) store.save(exchange(second))
  await store.settled()
  expect(await idsIn(folder)).toEqual(['tap-1', 'tap-2', 'tap-11'])
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
  const [name] = (await readdir(folder)).toSorted()
  expect(name).toBe('2026-01-01T00-00-01.000Z-000001.json')
  expect((await stat(join(folder, name!))).mode & 0o777).toBe(0o600)
  expect(troubles).toEqual([])
})

test('no secret reaches a file', async () => {
  const { store, folder } = await opened()
  const request = {
    method: 'POST',
    url: `http://localhost/v1/chat/completions?api_key=${KEY}1`,
    headers: [
      ['authorization', `Bearer ${KEY}`],
      ['x-api-key', `${KEY}2`],
    ],
    body: JSON.stringify({ model: 'm', note: KEY }),
  } as const
  store.save(exchange(1, { request, arrivals: exchangeOf([[1, says(`Yes, ${KEY}.`)]]).arrivals }))
  await store.settled()
  const [name] = await readdir(folder)
  const text = await readFile(join(folder, name!), 'utf8')
  expect(text).toContain('Yes, ')
  expect(text).not.toContain(KEY)
})

test('the oldest make room, by count and by size, those of an earlier run included', async () => {
  const first = await opened({ keep: 3 })
  for (let second = 0; second < 5; second++) first.store.save(exchange(second))
  await first.store.settled()
  expect(await idsIn(first.folder)).toEqual(['tap-2', 'tap-3', 'tap-4'])

  const [name] = await readdir(first.folder)
  const { size } = await stat(join(first.folder, name!))
  const { store, folder } = await opened({ folder: first.folder, keepBytes: 2.5 * size })
  store.save(exchange(5))
  await store.settled()
  expect(await idsIn(folder)).toEqual(['tap-4', 'tap-5'])
})

test('files of others stay, and drafts of those that were killed go', async () => {
  const { store, folder } = await opened({ keep: 1 })
  store.save(exchange(1))
  await store.settled()
  const [name] = await readdir(folder)
  const draft = join(folder, `${name}.01234567-89ab-cdef-0123-456789abcdef`)
  await writeFile(draft, '{')
  await writeFile(join(folder, 'notes.json'), '{}')
  await opened({ folder }).then((again) => again.store.settled())
  expect(await readdir(folder)).toHaveLength(3)
  await utimes(draft, 1, 1)
  const again = await opened({ folder, keep: 1 })
  again.store.save(exchange(2))
  await again.store.settled()
  expect((await readdir(folder)).toSorted()).toEqual([
    expect.stringContaining('00-00-02'),
    'notes.json',
  ])
})

test('where nothing can be written, that is told once, and later ones are tried', async () => {
  const { store, folder, troubles } = await opened()
  await store.settled()
  await rm(folder, { recursive: true })
  await writeFile(folder, '')
  store.save(exchange(1))
  store.save(exchange(2))
  await store.settled()
  expect(troubles).toEqual([expect.stringContaining('is no folder')])
  expect(store.unsaved).toBe(2)
  await rm(folder)
  store.save(exchange(3))
  await store.settled()
  expect(await idsIn(folder)).toEqual(['tap-3'])
})

test('a folder that is taken away is made anew', async () => {
  const { store, folder, troubles } = await opened()
  store.save(exchange(1))
  await store.settled()
  await rm(folder, { recursive: true })
  store.save(exchange(2))
  await store.settled()
  expect(await idsIn(folder)).toEqual(['tap-2'])
  expect(troubles).toEqual([])
})

test('what vanishes while the folder is read is no trouble', async () => {
  const folder = await scratchFolder()
  await symlink('nowhere', join(folder, '2026-01-01T00-00-00.000Z-000001.json'))
  const { store, troubles } = await opened({ folder })
  store.save(exchange(1))
  await store.settled()
  expect(troubles).toEqual([])
})

test('a full disk costs what is new, and nothing that was whole', async ({ skip }) => {
  const disk = await smallDisk('size=64k')
  if (!disk) return skip(NO_DISK)
  const { store, folder, troubles } = await opened({ folder: join(disk, 'calls') })
  for (let second = 0; second < 100; second++) store.save(exchange(second))
  await store.settled()
  const whole = await idsIn(folder)
  expect(whole.length).toBeGreaterThan(3)
  expect(whole).toEqual(whole.map((_, i) => `tap-${i}`))
  expect(store.unsaved).toBe(100 - whole.length)
  expect(troubles).toEqual([expect.stringContaining('ENOSPC')])
  await rm(join(folder, (await readdir(folder)).toSorted()[0]!))
  store.save(exchange(100))
  await store.settled()
  expect(await idsIn(folder)).toEqual([...whole.slice(1), 'tap-100'])
})

test('a folder that cannot be made is told', async () => {
  const file = join(await scratchFolder(), 'file')
  await writeFile(file, '')
  const { store, troubles } = await opened({ folder: join(file, 'calls') })
  store.save(exchange(1))
  await store.settled()
  expect(troubles).toHaveLength(1)
})

test('a process that is killed leaves whole files only', async () => {
  const folder = await scratchFolder()
  const tap = new URL('../../../src/tap/index.ts', import.meta.url).href
  const program = `
    const { ExchangeStore } = await import(${JSON.stringify(tap)})
    const store = new ExchangeStore({ folder: ${JSON.stringify(folder)}, onTrouble: console.error })
    const bytes = Buffer.alloc(3_000_000, 'x')
    const exchange = { id: 'tap', probe: 'tap', startedAt: '', connectMs: 0, response: null,
      request: { method: 'POST', url: 'http://localhost/', headers: [], body: null },
      arrivals: [{ atMs: 1, bytes }], decoded: null, end: { how: 'complete', atMs: 1 } }
    for (;;) {
      store.save({ ...exchange, startedAt: new Date().toISOString() })
      await store.settled()
    }`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const wholeOnes = async () => (await readdir(folder)).filter((name) => name.endsWith('.json'))
  await expect.poll(async () => (await wholeOnes()).length, { timeout: 20_000 }).toBeGreaterThan(5)
  // At the moment in which another file begins.
  const watcher = watch(folder)
  await once(watcher, 'change')
  child.kill('SIGKILL')
  watcher.close()
  await once(child, 'exit')
  for (const name of await wholeOnes()) {
    expect(JSON.parse(await readFile(join(folder, name), 'utf8'))).toMatchObject({ id: 'tap' })
  }
})
