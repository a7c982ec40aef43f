import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { INSTALLED } from './start-cli.ts'
import { AS_INSTALLED } from './vitest-project.ts'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

const AGENT = `export async function callYourAgent(content: string, url = process.env['OPENAI_BASE_URL']) {
  const body = JSON.stringify({ model: 'any', messages: [{ role: 'user', content }] })
  const headers = { 'content-type': 'application/json' }
  await fetch(\`\${url}/chat/completions\`, { method: 'POST', headers, body })
}
`

/**
 * Makes a folder in which each page has a folder of its own, as in a project that has this package,
 * whose types are its sources, and all that it is developed with.
 */
export async function makeProject(folder: string, pages: readonly string[]): Promise<void> {
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  const installed = join(folder, 'pages/node_modules/llm-soundcheck')
  await mkdir(installed, { recursive: true })
  await symlink(join(ROOT, 'src'), join(installed, 'src'))
  await symlink(join(INSTALLED, 'dist'), join(installed, 'dist'))
  const { name, version, exports } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'))
  const doors = JSON.stringify(exports).replaceAll(
    /"(\.\/dist\/([^"]+)\.js)"/g,
    '{ "types": "./src/$2.ts", "default": "$1" }',
  )
  const manifest = { name, version, type: 'module', exports: JSON.parse(doors) }
  await writeFile(join(installed, 'package.json'), JSON.stringify(manifest))
  await writeFile(join(folder, 'pages/package.json'), '{ "type": "module" }')
  await writeFile(
    join(folder, 'pages/tsconfig.json'),
    JSON.stringify({ extends: join(ROOT, 'tsconfig.json'), include: ['*/*.ts'] }),
  )
  for (const page of pages) {
    await mkdir(join(folder, 'pages', page))
    await writeFile(join(folder, 'pages', page, 'your-agent.ts'), AGENT)
    await writeFile(join(folder, 'pages', page, 'vitest.config.js'), AS_INSTALLED)
  }
}
