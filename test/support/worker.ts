import { join } from 'node:path'
import { Miniflare } from 'miniflare'
import { rolldown } from 'rolldown'
import { onTestFinished } from 'vitest'
import { precompiled } from '../../scripts/precompiled.ts'

const ENTRY = 'worker-entry'
const DOOR = join(import.meta.dirname, '../../src/gateway/index.ts')

/** A worker that answers by a custom LLM in front of `env.UPSTREAM`. */
const WORKER = `
import { customLlm } from ${JSON.stringify(DOOR)}
let answer
export default {
  fetch(request, env) {
    answer ??= customLlm({ model: { url: env.UPSTREAM }, limits: { firstContentMs: 30_000 } })
    return answer(request)
  },
}`

/** Runs a custom LLM in workerd while a test runs; gives its base URL. */
export async function startWorker(upstream: string): Promise<string> {
  const bundle = await rolldown({
    input: ENTRY,
    platform: 'browser',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === ENTRY ? id : null),
        load: (id) => (id === ENTRY ? WORKER : null),
      },
      // No code may be made in a worker.
      precompiled(),
    ],
  })
  const { output } = await bundle.generate({ format: 'esm', codeSplitting: false })
  const worker = new Miniflare({
    modules: true,
    script: output[0].code,
    compatibilityDate: '2026-07-01',
    compatibilityFlags: ['enable_request_signal'],
    bindings: { UPSTREAM: upstream },
  })
  onTestFinished(() => worker.dispose())
  return new URL('/v1', await worker.ready).href
}
