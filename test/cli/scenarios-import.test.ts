import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const good = { match: { userMessage: 'hi' }, response: { content: 'Hello.' } }

async function importing(...files: unknown[]) {
  const folder = await scratchFolder()
  const names = files.map((_, i) => `${i}.json`)
  await Promise.all(
    files.map((file, i) => {
      const text = typeof file === 'string' ? file : JSON.stringify(file)
      return writeFile(join(folder, names[i]!), text)
    }),
  )
  const result = await runCli(['scenarios', 'import', ...names, '--output', 'out.json'], {}, folder)
  const written = await readFile(join(folder, 'out.json'), 'utf8').catch(() => '{}')
  return { ...result, ...(JSON.parse(written) as { scenarios?: { name: string }[] }) }
}

test('a file that holds no fixtures does not cost the others', async () => {
  const { code, stderr, scenarios } = await importing({ llm: {} }, { fixtures: [good] }, '{')
  expect(scenarios!.map(({ name }) => name)).toEqual(['1.json: fixture 1'])
  expect(stderr).toContain('soundcheck: 0.json: has no "fixtures"')
  expect(stderr).toContain(
    'soundcheck: "2.json" is not a fixture file of aimock (not JSON: see line ',
  )
  expect(code).toBe(0)
})

test('where nothing can be taken over, nothing is written', async () => {
  const { code, stderr, scenarios } = await importing({ fixtures: [{ match: {} }] })
  expect(stderr).toContain('0.json: fixture 1: left out: it needs an object "match"')
  expect(scenarios).toBeUndefined()
  expect(code).toBe(2)
})

test('what is read is not written over: 2', async () => {
  const folder = await scratchFolder()
  const text = JSON.stringify({ fixtures: [good] })
  await writeFile(join(folder, 'a.json'), text)
  for (const command of ['import', 'record']) {
    const args = ['scenarios', command, 'a.json', '--output', './a.json']
    const { code, stderr } = await runCli(args, {}, folder)
    expect(stderr).toBe('soundcheck: "./a.json" is read: name another file to write to\n')
    expect(code).toBe(2)
  }
  expect(await readFile(join(folder, 'a.json'), 'utf8')).toBe(text)
})
