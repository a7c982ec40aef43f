import { type Command, Option } from 'commander'
import type { ResponseStyle, StandIn } from '../../mocks/index.ts'
import { callersKey, collect, numberBetween, pathName, wholeNumber } from './options.ts'

/** Adds the options of `serve`. */
export function withServeOptions(command: Command): Command {
  return withTiming(withResponses(withScenarios(command)))
}

/** Where it listens, and what it answers. */
function withScenarios(command: Command): Command {
  return command
    .option('--port <n>', 'port to listen on; 0 for any free one', wholeNumber(0, 65_535), 8787)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option(
      '--scenarios <path>',
      'file or folder of scenarios to answer with (repeatable)',
      (text: string, paths: string[] | undefined) => collect(pathName(text), paths),
    )
    .option('--watch', 'load the scenarios again whenever a file of theirs changes')
    .option('--strict', 'refuse what no scenario matches, and tell which came nearest')
    .addOption(
      new Option(
        '--as <api>',
        'also refuse what this API refuses and platforms send, to stand in for it behind a proxy',
      ).choices(['openai'] satisfies StandIn[]),
    )
}

/** How it writes in the Responses API, where servers differ. */
function withResponses(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--responses-style <style>',
        'events of the Responses API: all that OpenAI sends, or the few that ElevenLabs documents',
      ).choices(['full', 'minimal'] satisfies ResponseStyle['events'][]),
    )
    .option('--responses-done', 'end streams of the Responses API with [DONE]')
    .option('--no-responses-event-lines', 'send events of the Responses API by their data alone')
    .addOption(
      new Option(
        '--responses-error <shape>',
        'how an error event of the Responses API says what went wrong',
      ).choices(['nested', 'flat', 'both'] satisfies ResponseStyle['error'][]),
    )
}

/** When its answers come, who may ask, and what breaks. */
function withTiming(command: Command): Command {
  return command
    .option('--ttft <ms>', 'time to the first token', numberBetween(0, 600_000))
    .option('--tps <n>', 'tokens per second', numberBetween(0.01, 100_000))
    .option(
      '--jitter <share>',
      'vary the time between tokens by up to this share',
      numberBetween(0, 1),
    )
    .option('--seed <n>', 'seed for the generated answers', wholeNumber(0, 2 ** 31), 0)
    .addOption(
      new Option('--api-key <key>', 'require this bearer token')
        .env('SOUNDCHECK_API_KEY')
        .argParser(callersKey),
    )
    .option('--allow-model <name>', 'refuse other models (repeatable)', collect)
    .option('--fault <name[:rate]>', 'break answers in this way, such as sse/done-missing')
    .option('--fault-header', 'let requests choose a fault with the header x-soundcheck-fault')
    .addOption(
      new Option(
        '--control-token <token>',
        'open the control API to who bears it; else this machine only',
      )
        .env('SOUNDCHECK_CONTROL_TOKEN')
        .argParser(callersKey),
    )
    .option('--quiet', 'do not print a line for each request')
}
