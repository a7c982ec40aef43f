#!/usr/bin/env node
import { EXIT } from './exit-code.ts'
import { run } from './run.ts'

// Whoever reads our output may stop early: `soundcheck checks | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(EXIT.cannotRun)
})

process.exitCode = await run(process.argv)
