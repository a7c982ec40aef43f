import { registerHooks } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * Imports the default export of a module. TypeScript is read as ES modules, whatever the `type` of the
 * package, which `npm init` makes `commonjs`; by itself, Node.js would refuse its `export`.
 */
export async function importConfig(file: string): Promise<unknown> {
  const hooks = registerHooks({
    load: (url, context, nextLoad) =>
      nextLoad(url, url.endsWith('.ts') ? { ...context, format: 'module-typescript' } : context),
  })
  try {
    const { href } = pathToFileURL(resolve(file))
    return ((await import(href)) as { default?: unknown }).default
  } finally {
    hooks.deregister()
  }
}
