// How much judging a stream costs, beside merely parsing it: eventsource-parser and JSON.parse.
import { createParser } from 'eventsource-parser'
import { lint } from '../../src/conformance/index.ts'
import { defaultModel } from '../../src/mocks/index.ts'
import { encodeFrame } from '../../src/wire/index.ts'

const CORPUS_BYTES = 20_000_000
const ROUNDS = 7
const PROMPTS = ['Tell me a story.', 'What time do you open?', 'Check orders A1042 and B2077.']
const TOOLS = [
  {
    type: 'function' as const,
    function: {
      name: 'lookup_order',
      parameters: { type: 'object', properties: { order_number: { type: 'string' } } },
    },
  },
]

async function makeCorpus(): Promise<Uint8Array[]> {
  const bodies: Uint8Array[] = []
  for (let bytes = 0, seed = 0; bytes < CORPUS_BYTES; seed++) {
    const reply = await defaultModel({ seed })({
      model: 'custom-model',
      messages: [{ role: 'user', content: PROMPTS[seed % PROMPTS.length]! }],
      tools: TOOLS,
      stream: true,
    })
    const text = reply.frames.map((frame) => (frame.kind === 'hang-up' ? '' : encodeFrame(frame)))
    const body = new TextEncoder().encode(text.join(''))
    bytes += body.length
    bodies.push(body)
  }
  return bodies
}

function parseOnly(bodies: readonly Uint8Array[]): number {
  let chunks = 0
  for (const body of bodies) {
    const parser = createParser({
      onEvent: ({ data }) => {
        if (data !== '[DONE]' && JSON.parse(data)) chunks++
      },
    })
    parser.feed(new TextDecoder().decode(body))
  }
  return chunks
}

function judge(bodies: readonly Uint8Array[]): number {
  const report = lint(bodies.map((body, i) => ({ file: String(i), body })))
  return report.summary.pass
}

/** How long it takes of this thread, in milliseconds: what others do on the machine does not count. */
function time(work: () => unknown): number {
  const start = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(start)
  return (user + system) / 1_000
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}

const bodies = await makeCorpus()
const megabytes = bodies.reduce((sum, body) => sum + body.length, 0) / 1e6
const parsing: number[] = []
const judging: number[] = []
// Interleaved, so that whatever else the machine does falls on both.
for (let round = 0; round < ROUNDS; round++) {
  parsing.push(time(() => parseOnly(bodies)))
  judging.push(time(() => judge(bodies)))
}
const [parse, lintTime] = [median(parsing), median(judging)]
process.stdout.write(
  `${bodies.length} streams, ${megabytes.toFixed(1)} MB, ${parseOnly(bodies)} chunks\n` +
    `parse   ${parse.toFixed(0)} ms\n` +
    `lint    ${lintTime.toFixed(0)} ms\n` +
    `ratio   ${(lintTime / parse).toFixed(2)}\n`,
)
