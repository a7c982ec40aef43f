// What a caller hears of slow, failing and revised turns: of an upstream, and of a gateway before it.
import { benchmark } from '../../src/bench/index.ts'
import { firstBreach } from '../../src/conformance/index.ts'
import { startGateway, type StartGatewayOptions } from '../../src/gateway/node.ts'
import { type RunningServer, type ServerOptions, startServer } from '../../src/server/index.ts'
import { startOneAtATime } from './heard/one-at-a-time.ts'

const REQUESTS = Number(process.argv[2] ?? 40)
const MODEL = 'voice'

type Voice = Omit<StartGatewayOptions, 'models'>

const write = (text: string) => void process.stdout.write(`${text}\n`)
const row = (cells: readonly string[]) => write(`| ${cells.join(' | ')} |`)
const ms = (value: number | null = null) => (value === null ? '-' : String(Math.round(value)))

/** Starts servers while something runs. */
async function withServers<T>(
  options: readonly ServerOptions[],
  run: (servers: readonly RunningServer[]) => Promise<T>,
): Promise<T> {
  const servers = await Promise.all(options.map((each) => startServer({ ...each, warm: true })))
  try {
    return await run(servers)
  } finally {
    await Promise.all(servers.map((server) => server.close()))
  }
}

/** Starts a gateway before some servers while something runs. */
async function throughGateway<T>(
  servers: readonly Pick<RunningServer, 'url'>[],
  options: Voice,
  run: (url: string) => Promise<T>,
): Promise<T> {
  const models = { [MODEL]: servers.map(({ url }) => ({ url })) }
  const gateway = await startGateway({ ...options, models })
  try {
    return await run(gateway.url)
  } finally {
    await gateway.close({ drainMs: 0 })
  }
}

async function tell(name: string, url: string): Promise<void> {
  const { metrics, requests } = await benchmark({
    url,
    model: MODEL,
    load: { kind: 'closed', concurrency: 4 },
    extent: { warmupMs: 0, requests: REQUESTS },
    judge: firstBreach,
    calibrate: false,
  })
  const { ttfs, ttft_subst, dead_air } = metrics
  row([
    name,
    `${requests.ok} of ${requests.attempted}`,
    ms(ttfs?.p50),
    ms(ttfs?.max),
    ms(ttft_subst?.p50),
    ms(dead_air?.p50),
  ])
}

function head(): void {
  row([
    '',
    'answered',
    'voice starts, ms: p50',
    'at most',
    "model's first word, ms",
    'dead air, ms',
  ])
  row(['---', '--:', '--:', '--:', '--:', '--:'])
}

write('A model whose first word takes 1,800 ms:\n')
head()
await withServers([{ pacing: { ttft: 1_800, tokensPerSecond: 40 } }], async (slow) => {
  await tell('asked directly', slow[0]!.url)
  await throughGateway(slow, {}, (url) => tell('through the gateway', url))
  const bufferWords = { afterMs: 700, words: ['One moment...'] }
  await throughGateway(slow, { bufferWords }, (url) => tell('with buffer words after 700 ms', url))
})

write('\nA model that hangs, and another one behind it:\n')
head()
const hanging: ServerOptions = { pacing: { ttft: 30_000 } }
const good: ServerOptions = { pacing: { ttft: 300, tokensPerSecond: 40 } }
await withServers([hanging, good], async (both) => {
  const limits = { firstContentMs: 1_500 }
  await throughGateway(both.slice(0, 1), { limits }, (url) => tell('alone', url))
  const apology = 'Sorry, I did not get that. Could you say it again?'
  await throughGateway(both.slice(0, 1), { limits, apology }, (url) => tell('with an apology', url))
  await throughGateway(both, { limits }, (url) => tell('with the other one to fall back to', url))
})

write('\nA turn that is revised after 300 ms, and a model that answers one turn at a time:\n')
row(['', 'first word of the revised turn, ms'])
row(['---', '--:'])
const single = await startOneAtATime()
for (const cancelOlder of [false, true]) {
  const name = cancelOlder ? 'the older one is ended' : 'the older one goes on'
  await throughGateway([single], { turns: { cancelOlder } }, async (url) => {
    const times: number[] = []
    for (let i = 0; i < 5; i++) times.push(await revisedTurn(url, `call-${i}`))
    row([name, ms(times.toSorted((a, b) => a - b)[2])])
  })
}
single.close()

/** Says a sentence in two parts, as a platform sends it; gives the time to the first word of the answer. */
async function revisedTurn(url: string, conversation_id: string): Promise<number> {
  const ask = (content: string) =>
    fetch(`${url}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        model: MODEL,
        stream: true,
        messages: [{ role: 'user', content }],
        elevenlabs_extra_body: { conversation_id },
      }),
    })
  const older = ask(`I would like to ${conversation_id}`).then((response) => response.text())
  await new Promise((resolve) => setTimeout(resolve, 300))
  const began = performance.now()
  const response = await ask(`I would like to ${conversation_id} cancel my order.`)
  const reader = response.body!.getReader()
  await reader.read()
  const took = performance.now() - began
  await reader.cancel()
  await older
  return took
}
