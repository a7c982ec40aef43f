import { Command, CommanderError } from 'commander'
import { CannotRunError, InvalidOptionError } from '../conformance/index.ts'
import { checkCommand } from './check.ts'
import { checksCommand } from './checks.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { explainCommand } from './explain.ts'
import { lintCommand } from './lint.ts'
import { serveCommand } from './serve.ts'
import { UsageError } from './usage-error.ts'
import { VERSION } from './version.ts'

/** Runs the command line; gives the exit code, and never throws for what a user may do wrong. */
export async function run(argv: readonly string[]): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.good
  const finish = (code: ExitCode) => {
    exitCode = code
  }
  const program = new Command('soundcheck')
    .description('Contract tests and a mock for the LLM behind a voice agent.')
    .version(VERSION)
    .exitOverride()
    .showSuggestionAfterError()
    .addCommand(checkCommand(finish), { isDefault: true })
    .addCommand(lintCommand(finish))
    .addCommand(serveCommand())
    .addCommand(checksCommand())
    .addCommand(explainCommand())
    .addHelpText('after', HELP)
  for (const command of program.commands) command.exitOverride().showSuggestionAfterError()
  try {
    await program.parseAsync([...argv])
    return exitCode
  } catch (error) {
    // Help and version end here too; commander has written what there is to say.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.good : EXIT.cannotRun
    if (!isExpected(error)) throw error
    process.stderr.write(`soundcheck: ${error.message}\n`)
    return EXIT.cannotRun
  }
}

function isExpected(error: unknown): error is Error {
  return (
    error instanceof UsageError ||
    error instanceof CannotRunError ||
    error instanceof InvalidOptionError
  )
}

const HELP = `
Examples:
  soundcheck                                      check the built-in reference server
  soundcheck check https://api.example.com/v1     check your endpoint
  soundcheck explain sse/done                     what a check wants, and why
  soundcheck serve --port 8787                    run the reference server

Exit codes: 0 good, 1 failures, 2 cannot run, 3 only latency budgets broken,
4 inconclusive, 130 interrupted.
`
