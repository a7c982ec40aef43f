import { randomUUID } from 'node:crypto'
import { Command } from 'commander'
import { chat, dialectOfType, responses } from '../../protocol/index.ts'
import { usualApiType } from '../../conformance/index.ts'
import { checkAndWrite } from '../check/check-and-write.ts'
import type { CheckFlags } from '../check/check-flags.ts'
import { CHECK_EXIT_CODES, EXIT, type ExitCode, exitCodeOf } from '../exit-code.ts'
import { keepHeapSmall } from '../keep-heap-small.ts'
import { applyConfig } from '../options/apply-config.ts'
import { withCheckOptions } from '../options/check-options.ts'
import { onInterrupt } from '../progress/on-interrupt.ts'

/** `soundcheck check [url]`. */
export function checkCommand(finish: (code: ExitCode) => void): Command {
  const command = new Command('check')
    .description('check an endpoint (default: the built-in reference server)')
    .argument(
      '[url]',
      `base URL as configured in the platform; ${chat.path} or ${responses.path} is appended`,
    )
  return withCheckOptions(command)
    .addHelpText('after', HELP)
    .hook('preAction', applyConfig)
    .action(async (url: string | undefined, flags: CheckFlags) => {
      keepHeapSmall()
      finish(url === undefined ? await checkOwn(flags) : await checkGiven(url, flags))
    })
}

async function checkGiven(url: string, flags: CheckFlags): Promise<ExitCode> {
  const signal = onInterrupt()
  const { verdict } = await checkAndWrite({ url, server: 'given' }, flags, signal)
  return signal.aborted ? EXIT.interrupted : exitCodeOf(verdict)
}

/** Checks the reference server: with a key, so that refusing a wrong one is judged, too. */
async function checkOwn(flags: CheckFlags): Promise<ExitCode> {
  const apiKey = flags.apiKey || randomUUID()
  // Loaded where it is wanted: it takes as long, and as much memory, as all the rest.
  const { startServer } = await import('../../server/index.ts')
  // Some platforms want a [DONE] even there, and no client minds.
  await using server = await startServer({ apiKey, responses: { done: true }, warm: true })
  const signal = onInterrupt()
  const { path } = dialectOfType(flags.apiType ?? usualApiType(flags.profile))
  const checked = { url: `${server.url}${path}`, server: 'built-in' } as const
  const { verdict } = await checkAndWrite(checked, { ...flags, apiKey }, signal)
  return signal.aborted ? EXIT.interrupted : exitCodeOf(verdict)
}

const HELP = `
Examples:
  soundcheck check https://api.example.com/v1 --api-key "$KEY" --model my-model
  soundcheck check http://localhost:8000/v1 --api-type responses
  soundcheck check http://localhost:8000 --only tools --save exchanges
  soundcheck check http://localhost:8000 --replay recorded-requests
  soundcheck check http://localhost:8000 --extra-body '{"case":"A1"}' --system prompt.txt
  soundcheck check http://localhost:8000 --json > report.json
  soundcheck check http://localhost:8000 --reporter terminal --reporter html=report.html

${CHECK_EXIT_CODES}
`
