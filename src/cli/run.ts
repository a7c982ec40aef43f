import { Command, CommanderError } from 'commander'
import { SoundcheckError, type SoundcheckErrorCode, TOOL } from '../conformance/index.ts'
import { ScenarioError } from '../mocks/index.ts'
import { escapeText } from '../report/index.ts'
import { benchCommand } from './bench.ts'
import { checkCommand } from './check.ts'
import { checksCommand } from './checks.ts'
import { compareCommand } from './compare.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { explainCommand } from './explain.ts'
import { initCommand } from './init.ts'
import { lintCommand } from './lint.ts'
import { scenariosCommand } from './scenarios.ts'
import { serveCommand } from './serve.ts'

/** Runs the command line; gives the exit code, and never throws. */
export async function run(argv: readonly string[]): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.good
  const finish = (code: ExitCode) => {
    exitCode = code
  }
  const program = new Command('soundcheck')
    .description('Contract tests and a mock for the LLM behind a voice agent.')
    .version(TOOL.version)
    // What follows a command belongs to it, also where the command has commands of its own.
    .enablePositionalOptions()
    .addCommand(checkCommand(finish), { isDefault: true })
    .addCommand(lintCommand(finish))
    .addCommand(benchCommand(finish))
    .addCommand(compareCommand(finish))
    .addCommand(serveCommand())
    .addCommand(scenariosCommand())
    .addCommand(checksCommand())
    .addCommand(explainCommand())
    .addCommand(initCommand())
    .addHelpText('after', HELP)
  const commands = program.commands.flatMap((each) => [each, ...each.commands])
  for (const command of [program, ...commands]) {
    command.exitOverride().showSuggestionAfterError()
  }
  try {
    await program.parseAsync([...argv])
    return exitCode
  } catch (error) {
    // Help and version end here too; commander has written what there is to say.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.good : EXIT.cannotRun
    process.stderr.write(`soundcheck: ${describe(error)}\n`)
    return EXIT.cannotRun
  }
}

function describe(error: unknown): string {
  // One line for each thing that is wrong with a file.
  if (error instanceof ScenarioError) return error.message.split('\n').map(escapeText).join('\n')
  if (error instanceof SoundcheckError) {
    const hint = HINTS[error.code]
    // It may quote an endpoint.
    const message = escapeText(error.message)
    return hint === undefined ? message : `${message}\n${hint}`
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `internal error; please report it\n${stack}`
}

const HINTS: Partial<Record<SoundcheckErrorCode, string>> = {
  UNKNOWN_CHECK: '"soundcheck checks" lists them all.',
  HOST_NOT_FOUND: 'Check the URL, and that this machine can resolve the name.',
  CONNECTION_REFUSED: 'Start the server, or check host and port.',
  UNREACHABLE: 'Check the network, and any firewall on the way.',
  TLS: 'Check the certificate and its chain. Does the server speak https at all?',
  UNAUTHORIZED:
    'Pass the right key with --api-key or SOUNDCHECK_API_KEY, or other headers with --header.',
}

const HELP = `
Examples:
  soundcheck                                      check the built-in reference server
  soundcheck check https://api.example.com/v1     check your endpoint
  soundcheck explain sse/done                     what a check requires, and why
  soundcheck serve --port 8787                    run the reference server
  soundcheck init https://api.example.com/v1      write a configuration and a CI workflow

Exit codes: 0 good, 1 failures, 2 cannot run, 3 only latency budgets broken,
4 inconclusive, 130 interrupted.
`
