import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type OutputOptions, rolldown } from 'rolldown'
import type { TestProject } from 'vitest/node'
import config from '../../rolldown.config.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the package as it is installed. */
    installed: string
  }
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
/** What it looks for beside itself. */
const BESIDE = ['fixtures', 'node_modules', 'package.json', 'schemas']

/** Builds the package once for all processes that tests start: from its sources, they start half as fast. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'soundcheck-cli-'))
  for (const name of BESIDE) await symlink(join(ROOT, name), join(folder, name))
  await mkdir(join(folder, 'dist'))
  await using bundle = await rolldown({ ...config, cwd: ROOT, logLevel: 'silent' })
  await bundle.write({ ...(config.output as OutputOptions), dir: join(folder, 'dist') })
  provide('installed', folder)
  // All that is compiled, sources and packages too, is compiled once for all processes and threads.
  process.env['NODE_COMPILE_CACHE'] = join(folder, 'compiled')
  // What checks keep of their failures, for who explains them, goes with it.
  const scratch = join(folder, 'scratch')
  await mkdir(scratch)
  process.env['TMPDIR'] = scratch
  return () => rm(folder, { recursive: true, maxRetries: 5 })
}
