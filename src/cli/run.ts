import { Command, CommanderError } from 'commander'
import { SoundcheckError, type SoundcheckErrorCode, TOOL } from '../endpoint/index.ts'
import { commands, DEFAULT_COMMAND } from './commands/index.ts'
import { CHECK_EXIT_CODES, EXIT, type ExitCode } from './exit-code.ts'
import { withoutSecretsOf } from './secrets-given.ts'
import { tell } from './tell.ts'
import { describeThrown, escapeText } from '../wire/index.ts'
import { usageError } from './usage-error.ts'

/** Runs the command line; gives the exit code, and never throws. */
export async function run(argv: readonly string[]): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.good
  const finish = (code: ExitCode) => {
    exitCode = code
  }
  const program = new Command('soundcheck')
    .description('Contract tests, a mock and a stopwatch for the LLM behind a voice agent.')
    .version(TOOL.version)
    // What follows a command belongs to it, also where the command has commands of its own.
    .enablePositionalOptions()
    .addHelpText('after', HELP)
  for (const [name, load] of wantedBy(argv)) {
    const isDefault = name === DEFAULT_COMMAND && !COMMAND.test(argv[2] ?? '')
    program.addCommand(await load(finish), { isDefault })
  }
  const all = program.commands.flatMap((each) => [each, ...each.commands])
  let refuser = program
  for (const command of [program, ...all]) {
    command
      .exitOverride()
      .showSuggestionAfterError()
      .configureOutput({ outputError: () => (refuser = command) })
  }
  try {
    await program.parseAsync([...argv])
    return exitCode
  } catch (error) {
    // Help and version end here too; commander has written them.
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.good
    const redact = withoutSecretsOf([program, ...all])
    const message = await describe(error, refuser)
    if (message !== undefined) tell(redact(message))
    return EXIT.cannotRun
  }
}

/** What can only be a command, and no URL: no address, which has a dot, a colon or a slash. */
const COMMAND = /^(?!localhost$)\w[\w-]*$/i

const VERSION: ReadonlySet<string> = new Set(['-V', '--version'])
/** Behind these, each may be meant. */
const OPEN: ReadonlySet<string> = new Set(['-h', '--help', '--'])

/** The commands that may be meant, or told about. */
function wantedBy([, , first = '']: readonly string[]) {
  if (VERSION.has(first)) return []
  const all = Object.entries(commands)
  const isNamed = Object.hasOwn(commands, first)
  if (!isNamed && (OPEN.has(first) || COMMAND.test(first))) return all
  const wanted = isNamed ? first : DEFAULT_COMMAND
  return all.filter(([name]) => name === wanted)
}

/** What there is to say of an error; `undefined` where commander has said it. */
async function describe(error: unknown, refuser: Command): Promise<string | undefined> {
  if (error instanceof CommanderError) return usageError(error, refuser)
  const { ScenarioError } = await import('../mocks/index.ts')
  // One line for each thing that is wrong with a file.
  if (error instanceof ScenarioError) return error.message.split('\n').map(escapeText).join('\n')
  if (error instanceof SoundcheckError) {
    const hint = HINTS[error.code]
    // It may quote an endpoint.
    const message = escapeText(error.message)
    return hint === undefined ? message : `${message}\n${hint}`
  }
  return `internal error; please report it\n${describeThrown(error)}`
}

const HINTS: Partial<Record<SoundcheckErrorCode, string>> = {
  UNKNOWN_CHECK: '"soundcheck checks" lists them all.',
  HOST_NOT_FOUND: 'Check the URL, and that this machine can resolve the name.',
  CONNECTION_REFUSED: 'Start the server, or check host and port.',
  UNREACHABLE: 'Check the network, and any firewall on the way.',
  PROXY:
    'Check its URL, and what it lets through. --no-proxy sends without it, as NO_PROXY=<host> does for one host.',
  UNAUTHORIZED:
    'Pass the right key with --api-key or SOUNDCHECK_API_KEY, or other headers with --header.',
  NOT_FOUND:
    'Check the path of the URL, to which /chat/completions is added, and --model. "soundcheck check <url>" says more.',
}

const HELP = `
Examples:
  soundcheck                                      check the built-in reference server
  soundcheck check https://api.example.com/v1     check your endpoint
  soundcheck explain sse/done                     what a check requires, and why
  soundcheck serve --port 8787                    run the reference server
  soundcheck init https://api.example.com/v1      write a configuration and a CI workflow

${CHECK_EXIT_CODES}
`
