import { type Command, Option } from 'commander'
import { withLintOptions } from './lint-options.ts'
import { pathName, wholeNumber } from './options.ts'

/** Adds the options of `tap`. */
export function withTapOptions(command: Command): Command {
  return withLintOptions(withOutcome(withPlace(command)))
}

/** Where it stands, and who may come. */
function withPlace(command: Command): Command {
  return command
    .option('--port <n>', 'port to listen on; 0 for any free one', wholeNumber(0, 65_535), 8788)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .addOption(
      new Option(
        '--token <token>',
        'pass only what bears it: as /t/<token> before the path, or in x-soundcheck-tap-token',
      ).env('SOUNDCHECK_TAP_TOKEN'),
    )
    .option('--tls-cert <file>', 'speak TLS with this certificate, in PEM', pathName)
    .option('--tls-key <file>', 'the key of the certificate', pathName)
    .option('--insecure', 'take any certificate of the endpoint')
}

/** What is kept and told. */
function withOutcome(command: Command): Command {
  return command
    .option('--save <folder>', 'save every exchange, for lint and scenarios record', pathName)
    .option(
      '--keep <n>',
      'how many exchanges are kept, the latest ones',
      wholeNumber(1, 1_000_000),
      1_000,
    )
    .option('--har <file>', 'write an HTTP Archive at the end', pathName)
    .option('--all', 'tell of every turn, not only of those with findings')
}
