import { once } from 'node:events'
import { watch } from 'chokidar'
import type { Scenario } from '../../mocks/index.ts'
import { isScenarioFile, loadScenarios } from '../../mocks/node.ts'
import { escapeText } from '../../wire/index.ts'

/** Editors write in several steps, and several files at once. */
const QUIET_MS = 50
/** Large folders on slow disks may take longer. */
const MAX_START_MS = 5_000

interface Watch {
  /** Files and folders of scenarios. */
  readonly paths: readonly string[]
  /** @throws for scenarios that cannot be used. */
  readonly apply: (scenarios: readonly Scenario[]) => Promise<void>
  readonly print: (line: string) => void
  readonly signal: AbortSignal
}

/**
 * Applies scenarios again whenever a file of theirs changes; resolves when changes are seen.
 *
 * Those that cannot be used are told of, and change nothing.
 */
export async function watchScenarios({ paths, apply, print, signal }: Watch): Promise<void> {
  let edition = 0
  const load = async () => {
    edition += 1
    try {
      const scenarios = await Promise.all(paths.map((path) => loadScenarios(path, edition)))
      const { length } = scenarios.flat()
      await apply(scenarios.flat())
      print(`soundcheck: loaded ${length} ${length === 1 ? 'scenario' : 'scenarios'} again`)
    } catch (error) {
      print(`soundcheck: ${escapeText((error as Error).message)}; the scenarios before stay`)
    }
  }
  let loading = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  const watcher = watch([...paths], {
    ignoreInitial: true,
    ignored: (path, stats) => stats?.isFile() === true && !isScenarioFile(path),
  })
  watcher.on('all', () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      loading = loading.then(load)
    }, QUIET_MS)
  })
  watcher.on('error', (error) => print(`soundcheck: --watch: ${escapeText(String(error))}`))
  signal.addEventListener('abort', () => {
    clearTimeout(timer)
    void watcher.close()
  })
  const started = AbortSignal.any([signal, AbortSignal.timeout(MAX_START_MS)])
  await once(watcher, 'ready', { signal: started }).catch(() => {})
}
