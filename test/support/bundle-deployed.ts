import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { precompiled } from '../../scripts/precompiled.ts'

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/** Bundles what `deploy/` has for a platform with the package as it is built, into one module. */
export async function bundleDeployed(entry: string, platform: 'browser' | 'node'): Promise<string> {
  await using bundle = await rolldown({
    input: at(`deploy/${entry}`),
    platform,
    external: platform === 'browser' ? /^cloudflare:/ : /^node:/,
    resolve: { alias: { 'llm-soundcheck/gateway': at('src/gateway/index.ts') } },
    plugins: [precompiled()],
  })
  const { output } = await bundle.generate({ format: 'esm', codeSplitting: false })
  return output[0].code
}
