import { Command } from 'commander'
import type { GatewayFlags } from '../open/gateway-flags.ts'
import { type OpenedGateway, openGateway } from '../open/open-gateway.ts'
import { withGatewayOptions } from '../options/gateway-options.ts'
import { onInterrupt } from '../progress/on-interrupt.ts'
import { untilInterrupted } from '../progress/until-interrupted.ts'
import { escapeText } from '../../wire/index.ts'

/** `soundcheck gateway`. */
export function gatewayCommand(): Command {
  const command = new Command('gateway').description(
    'put a correct custom LLM in front of any model: fallback, time limits and buffer words for a voice',
  )
  return withGatewayOptions(command).addHelpText('after', HELP).action(serveGateway)
}

async function serveGateway(flags: GatewayFlags): Promise<void> {
  const gateway = await openGateway(flags)
  const signal = onInterrupt()
  process.stdout.write(welcome(gateway))
  await untilInterrupted(signal)
  await gateway.close()
}

/** Where it listens, and what a platform is given. */
function welcome({ url, modelNames, needsKey }: OpenedGateway): string {
  const { port } = new URL(url)
  const key = needsKey
    ? 'one of its keys, as a secret'
    : 'none: only this machine is answered; add --api-key before others may ask'
  return `Listening on ${url} (Ctrl-C to stop)
In ElevenLabs, choose "Custom LLM" for the agent, and enter
  Server URL  https://<where port ${port} is reached from outside>/v1
  Model ID    ${modelNames === 'passed-on' ? PASSED_ON : escapeText(modelNames.join(', or '))}
  API key     ${key}
`
}

const PASSED_ON =
  'a model that the upstream knows: the name is passed on, since --model is not given'

const HELP = `
Examples:
  soundcheck gateway --upstream openai --model gpt-5-mini
  soundcheck gateway --upstream anthropic --model claude-haiku-4-5 --buffer-words-after 900
  soundcheck gateway --upstream http://127.0.0.1:8000/v1 --api-key secret
  soundcheck gateway --upstream groq --model llama-3.3-70b-versatile --upstream openai --model gpt-5-mini
  soundcheck gateway --config soundcheck.gateway.ts --host 0.0.0.0 --keys keys.json --rate 60/min

Keys of providers stand in the environment, as OPENAI_API_KEY; that of a server given by its URL
in UPSTREAM_API_KEY.

Exit codes: 0 stopped by Ctrl-C or SIGTERM, 2 cannot run.
`
