#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { cacheFolder } from './cache-folder.ts'
import { EXIT } from './exit-code.ts'
import { hearInterrupts } from './on-interrupt.ts'

// Before all that takes its time to load.
hearInterrupts()

// Whoever reads our output may stop early: `soundcheck checks | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') {
    process.stderr.write(`soundcheck: cannot write to standard output: ${error.message}\n`)
  }
  process.exit(EXIT.cannotRun)
})

// What is told beside the output may go unheard.
process.stderr.on('error', () => {})

// Most of the time to start goes into compiling; only what is imported afterwards can be cached.
const folder = cacheFolder()
if (folder !== undefined) enableCompileCache(folder)
const { run } = await import('./run.ts')

process.exitCode = await run(process.argv)
