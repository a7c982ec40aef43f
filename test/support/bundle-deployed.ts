import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { precompiledValidators } from '../../scripts/precompiled-validators.ts'

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/** A module of a bundle, by its file name. */
export interface BundledModule {
  readonly path: string
  readonly contents: string
}

/** Bundles what `deploy/` has for a platform with the package as it is built; what runs first comes first. */
export async function bundleDeployed(
  entry: string,
  platform: 'browser' | 'node',
): Promise<readonly BundledModule[]> {
  const bundle = await rolldown({
    input: at(`deploy/${entry}`),
    platform,
    external: platform === 'browser' ? /^cloudflare:/ : /^node:/,
    resolve: { alias: { 'llm-soundcheck/gateway': at('src/gateway/index.ts') } },
    plugins: [precompiledValidators()],
  })
  const { output } = await bundle.generate({ format: 'esm', entryFileNames: 'entry.js' })
  await bundle.close()
  return output.flatMap((each) =>
    each.type === 'chunk' ? [{ path: each.fileName, contents: each.code }] : [],
  )
}
