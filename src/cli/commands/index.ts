import type { Command } from 'commander'
import type { ExitCode } from '../exit-code.ts'

type Finish = (code: ExitCode) => void

/** Every command, loaded when it is needed: most of the time to start goes into loading. */
export const commands: Readonly<Record<string, (finish: Finish) => Promise<Command>>> = {
  check: async (finish) => (await import('./check.ts')).checkCommand(finish),
  lint: async (finish) => (await import('./lint.ts')).lintCommand(finish),
  bench: async (finish) => (await import('./bench.ts')).benchCommand(finish),
  compare: async (finish) => (await import('./compare.ts')).compareCommand(finish),
  serve: async () => (await import('./serve.ts')).serveCommand(),
  gateway: async () => (await import('./gateway.ts')).gatewayCommand(),
  tap: async (finish) => (await import('./tap.ts')).tapCommand(finish),
  scenarios: async () => (await import('./scenarios.ts')).scenariosCommand(),
  checks: async () => (await import('./checks.ts')).checksCommand(),
  explain: async () => (await import('./explain.ts')).explainCommand(),
  init: async () => (await import('./init.ts')).initCommand(),
}

/** What runs when no command is named. */
export const DEFAULT_COMMAND = 'check'
