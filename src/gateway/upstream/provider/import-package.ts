import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { SoundcheckError } from '../../../endpoint/index.ts'

/**
 * Imports a package of the project that is worked on, or of the one that this is installed in.
 *
 * @throws SoundcheckError that says how to install it.
 */
export async function importPackage(name: string): Promise<unknown> {
  return import(pathToFileURL(pathOf(name)).href)
}

function pathOf(name: string): string {
  // A global installation does not see what the project has.
  for (const from of [join(process.cwd(), 'package.json'), import.meta.url]) {
    try {
      return createRequire(from).resolve(name)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error
    }
  }
  throw new SoundcheckError(
    'INVALID_INPUT',
    `${name} is not installed; \`npm install ${name}\` brings it`,
  )
}
