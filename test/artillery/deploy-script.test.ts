import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { TOOL } from '../../src/endpoint/index.ts'
import { artillery } from '../support/artillery.ts'
import { referenceServer } from '../support/reference-server.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const root = new URL('../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')
const yaml = read('deploy/artillery/bench.yaml')
const { config, scenarios } = parse(yaml)
const manifest = JSON.parse(read('package.json'))

test('the engine runs it, and knows what ensure asks for', async () => {
  const [{ engine, flow }] = scenarios
  expect(config.engines).toHaveProperty(engine)
  const out = join(await scratchFolder(), 'report.json')
  const run = artillery(
    { ...config, target: await referenceServer() },
    { ...config.variables, out },
  )
  const [{ bench }] = flow
  const extent = { ...bench.extent, warmupMs: 0, durationMs: 1_000 }
  const { error, counters } = await run([{ bench: { ...bench, extent, calibrate: false } }])
  expect(error).toBeNull()
  const { conditions } = config.plugins.ensure
  for (const { expression } of conditions) {
    const [name] = expression.split(' ')
    if (!name.startsWith('vusers.')) expect(counters, expression).toHaveProperty([name])
  }
})

test('it starts one virtual user', () => {
  expect(config.phases).toEqual([{ duration: 1, arrivalCount: 1 }])
})

test('every variable has a value, for a run on one machine', () => {
  const named = [...yaml.matchAll(/'\{\{ (\w+) \}\}'/g)].map(([, name]) => name!)
  expect(named.toSorted()).toEqual(Object.keys(config.variables).toSorted())
})

test('the package that Artillery looks for hands on the engine of this version', async () => {
  const [{ engine }] = scenarios
  const folder = `packages/artillery-engine-${engine}/`
  const { name, version, dependencies, exports } = JSON.parse(read(`${folder}package.json`))
  expect(yaml).toContain(`npm install artillery ${name}@${TOOL.version}\n`)
  expect({ name, version }).toEqual({
    name: `artillery-engine-${engine}`,
    version: TOOL.version,
  })
  expect(dependencies).toEqual({ [TOOL.name]: TOOL.version })
  expect(read(join(folder, exports['.']))).toContain(`from '${TOOL.name}/artillery'`)
  expect(manifest.exports['./artillery']).toBe('./dist/artillery/index.js')
})
