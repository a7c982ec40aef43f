import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundleDeployed } from './bundle-deployed.ts'
import { CALLER_KEY } from './voice-turn.ts'

/** Imports what `deploy/` has for a platform that runs Node.js, in front of a model. */
export async function importDeployed(
  entry: string,
  model: string,
  callers: { readonly SOUNDCHECK_API_KEY?: string } = { SOUNDCHECK_API_KEY: CALLER_KEY },
): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), 'soundcheck-'))
  const file = join(folder, 'deployed.mjs')
  const variables = { OPENAI_BASE_URL: model, OPENAI_API_KEY: 'sk-up', ...callers }
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const)
  try {
    await writeFile(file, await bundleDeployed(entry, 'node'))
    Object.assign(process.env, variables)
    return await import(pathToFileURL(file).href)
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name)
      else process.env[name] = value
    }
    await rm(folder, { recursive: true })
  }
}
