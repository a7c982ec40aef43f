import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openKeysFile } from '../../../src/gateway/keys/keys-file.ts'
import { scratchFolder } from '../../support/scratch-folder.ts'

const text = (...keys: object[]) => JSON.stringify({ keys })

async function opened(content: string) {
  const file = join(await scratchFolder(), 'keys.json')
  writeFileSync(file, content)
  const told: string[] = []
  const keys = openKeysFile(file, { tell: (message) => told.push(message), lookEveryMs: 20 })
  onTestFinished(() => keys.close())
  return { file, told, keys }
}

test('keys of a file are those that stand there now', async () => {
  const { file, told, keys } = await opened(text({ name: 'old', key: 'sk-old' }))
  expect(await keys.find('sk-old')).toEqual({ name: 'old' })
  writeFileSync(`${file}.new`, text({ name: 'new', key: 'sk-new' }))
  renameSync(`${file}.new`, file)
  await expect.poll(() => told).toHaveLength(1)
  expect(told[0]).toMatch(/keys\.json was read again$/)
  expect(await keys.find('sk-old')).toBeUndefined()
  expect(await keys.find('sk-new')).toEqual({ name: 'new' })
})

test.each([
  ['no JSON', '{"keys": [sk-secret', /cannot be used: .*; the keys before stay$/],
  ['no keys', '{"keys": []}', /\/keys must NOT have fewer than 1 items/],
  ['a slip', text({ name: 'a', key: 'x', 'sk-secret': 1 }), /\/keys\/0 must NOT/],
])('a file with %s keeps those before', async (_name, content, message) => {
  const { file, told, keys } = await opened(text({ name: 'old', key: 'sk-old' }))
  writeFileSync(file, content)
  await expect.poll(() => told.at(-1)).toMatch(message)
  expect(told.join()).not.toContain('secret')
  expect(await keys.find('sk-old')).toEqual({ name: 'old' })
  writeFileSync(file, text({ name: 'new', key: 'sk-new' }))
  await expect.poll(() => told.at(-1)).toMatch(/read again$/)
  expect(await keys.find('sk-new')).toEqual({ name: 'new' })
})

test('a file that goes keeps its keys', async () => {
  const { file, told, keys } = await opened(text({ name: 'old', key: 'sk-old' }))
  rmSync(file)
  await expect.poll(() => told.at(-1)).toMatch(/ENOENT; the keys before stay$/)
  expect(await keys.find('sk-old')).toEqual({ name: 'old' })
})

test('a file that cannot be used at the start is refused', () => {
  expect(() => openKeysFile('/nowhere/keys.json', { tell: () => {} })).toThrow(
    'the keys in /nowhere/keys.json cannot be used: ENOENT',
  )
})
