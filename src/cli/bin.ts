#!/usr/bin/env node
// Only what any Node.js with modules can read, so that one that is too old says so.
import { EXIT } from './exit-code.ts'
import { tell } from './tell.ts'
import { whyTooOld } from './why-too-old.ts'

const reason = whyTooOld(process.versions.node)
if (reason === undefined) void import('./main.ts')
else {
  tell(reason)
  process.exitCode = EXIT.cannotRun
}
