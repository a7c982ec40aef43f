import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { serverOptions } from '../../../src/cli/serve/server-options.ts'
import { scratchFolder } from '../../support/scratch-folder.ts'

const UNPACED = { then: ['Hello.', { text: 'Goodbye.' }] }

test.each([
  ['no scenario', [], {}, true],
  ['scenarios without a pace', [UNPACED], {}, false],
  [
    'one with a pace',
    [UNPACED, { then: ['Hello.', { text: 'Hi.', pacing: { ttft: 9 } }] }],
    {},
    true,
  ],
  ['a pace for all', [UNPACED], { ttft: 300 }, true],
])('a server with %s is warm when it listens: %j', async (_, scenarios, flags, warm) => {
  const file = join(await scratchFolder(), 'scenarios.json')
  writeFileSync(file, JSON.stringify({ scenarios }))
  const paths = scenarios.length === 0 ? [] : [file]
  const common = { port: 0, host: '127.0.0.1', seed: 0, responsesEventLines: true }
  const options = await serverOptions({ ...common, scenarios: paths, ...flags })
  expect(options.warm).toBe(warm)
})
