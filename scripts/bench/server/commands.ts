import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LEAN } from './contenders.ts'
import { PACE, TEXT } from './workload.ts'

export type Pace = 'at once' | 'paced'

const folder = mkdtempSync(join(tmpdir(), 'bench-server-'))
process.on('exit', () => rmSync(folder, { recursive: true }))
const root = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

function file(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify(content))
  return path
}

const soundcheck = (pace: Pace, scenarios: readonly string[]) => [
  root('dist/cli/bin.js'),
  'serve',
  '--port=0',
  '--quiet',
  ...scenarios.flatMap((path) => ['--scenarios', path]),
  ...(pace === 'paced' ? ['--ttft', `${PACE.ttft}`, '--tps', `${PACE.tokensPerSecond}`] : []),
]
const saysIt = file('says-it.json', { scenarios: [{ when: { user: 'Say it' }, then: TEXT }] })
const decoys = file('decoys.json', {
  scenarios: Array.from({ length: 200 }, (_, i) => ({
    when: { user: `decoy number ${i}` },
    then: 'Never said.',
  })),
})
const aimockSaysIt = (profile: object) => ({
  fixtures: [
    { match: { userMessage: 'Say it' }, response: { content: TEXT }, chunkSize: 5, ...profile },
  ],
})
const aimockFiles = {
  'at once': file('aimock.json', aimockSaysIt({})),
  paced: file(
    'aimock-paced.json',
    aimockSaysIt({
      streamingProfile: { ttft: PACE.ttft, tps: PACE.tokensPerSecond, jitter: 0 },
    }),
  ),
}

const CONTEND = fileURLToPath(new URL('contend.ts', import.meta.url))
const plain = (name: string) => (pace: Pace) => [CONTEND, name, pace]

export const DECOYS = 'soundcheck, 200 scenarios before'

/** How each server is started, mocks from the command line as they are installed. */
export const commands: Readonly<Record<string, (pace: Pace) => readonly string[]>> = {
  soundcheck: (pace) => soundcheck(pace, [saysIt]),
  [DECOYS]: (pace) => soundcheck(pace, [decoys, saysIt]),
  aimock: (pace) => [
    root('node_modules/@copilotkit/aimock/dist/cli.js'),
    '--port',
    '0',
    '--fixtures',
    aimockFiles[pace],
  ],
  [LEAN]: plain(LEAN),
  'fastify, a Readable': plain('fastify, a Readable'),
}
