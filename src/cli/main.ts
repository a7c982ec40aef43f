import { enableCompileCache } from 'node:module'
import { cacheFolder } from './files/cache-folder.ts'
import { EXIT } from './exit-code.ts'
import { hearInterrupts } from './progress/on-interrupt.ts'
import { tell } from './tell.ts'

// Before all that takes its time to load.
hearInterrupts()

// Whoever reads our output may stop early, as in `soundcheck checks | head`: the verdict stays the same.
let isLost = false
process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE' || isLost) return
  isLost = true
  process.exitCode = EXIT.cannotRun
  tell(`cannot write to standard output: ${message}`)
})

// What is told beside the output may go unheard.
process.stderr.on('error', () => {})

// Most of the time to start goes into compiling; only what is imported afterwards can be cached.
const folder = cacheFolder()
if (folder !== undefined) enableCompileCache(folder)
const { run } = await import('./run.ts')

const exitCode = await run(process.argv)
if (!isLost) process.exitCode = exitCode
