import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const VERSION = '1.15.2'
/** With the newer ones that its ranges allow, it does not start. */
const OVERRIDES = { '@hono/node-server': '1.13.5', hono: '4.9.7' }

/** Installs `@portkey-ai/gateway` where it is nobody's dependency, once; gives the path of its program. */
export function installPortkey(): string {
  const folder = join(tmpdir(), `bench-gateway-portkey-${VERSION}`)
  const program = join(folder, 'node_modules/@portkey-ai/gateway/build/start-server.js')
  if (existsSync(program)) return program
  mkdirSync(folder, { recursive: true })
  const manifest = {
    private: true,
    dependencies: { '@portkey-ai/gateway': VERSION },
    overrides: OVERRIDES,
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: folder })
  return program
}
