import {
  check,
  type CheckOptions,
  type CheckReport,
  type Profile,
  profiles,
  type Recording,
} from '../src/conformance/index.ts'
import { chat, responsesIn } from '../src/protocol/index.ts'
import { requestFixture } from '../src/conformance/probes/request-fixture.ts'
import { startServer } from '../src/server/index.ts'
import type { Fault } from '../src/wire/index.ts'
import { UNHURRIED } from './unhurried.ts'

type Policy = Omit<CheckOptions, 'url'>

/** Where it is the question: the times that a check judges by. */
const HURRIED: Record<string, readonly (keyof typeof UNHURRIED)[]> = {
  'latency/first-content': ['firstContentMs', 'cascadeMs'],
  'latency/keepalive-only': ['cascadeMs'],
  'latency/first-sentence': ['firstSentenceMs', 'lateSentenceMs'],
  'latency/max-gap': ['maxGapMs'],
  'latency/speech-underrun': ['underrunMs'],
  'latency/buffered': ['heldBackMs'],
  'latency/tools-buffered': ['heldBackMs'],
  'latency/tool-call-ready': ['toolCallReadyMs'],
  'isolation/disconnect-recovers': ['firstContentMs'],
  'latency/cold-start': ['firstContentMs', 'coldStartRatio'],
}

/** Checks the reference server, broken by a fault if one is given; in chat completions, if in no other dialect. */
export async function checkReference(fault?: Fault, policy: Policy = {}): Promise<CheckReport> {
  const { dialect = chat } = policy
  const [apiKey, model] = ['sesame-1234-open', 'house-blend']
  const server = await startServer({
    apiKey,
    modelNames: [model],
    dialects: [chat, responsesIn({ done: true })],
    ...(fault && { fault }),
  })
  try {
    const url = `${server.url}${dialect.path}`
    return await check({ url, apiKey, model, concurrency: 8, limits: UNHURRIED, ...policy })
  } finally {
    await server.close()
  }
}

const farewell = requestFixture('farewell')

/** What the reference server answers as expected. */
const RECORDINGS: Recording[] = [
  {
    name: 'farewell',
    request: farewell,
    expect: {
      tool: 'end_call',
      arguments: { properties: { reason: { type: 'string', minLength: 5 } } },
      firstContentMs: 5_000,
    },
  },
  {
    name: 'turn',
    request: requestFixture('streamed-turn'),
    expect: { tool: null, text: '^(?!hm)' },
  },
]

/** What brings a check into a run that not every run has. */
export function policyFor(id: string): Policy {
  const hurried = HURRIED[id]
  if (hurried) {
    const others = Object.entries(UNHURRIED).filter(
      ([name]) => !hurried.some((own) => own === name),
    )
    return { limits: Object.fromEntries(others) }
  }
  if (id === 'replay/expected') return { replay: RECORDINGS }
  const profile = profiles.find((each) => includedIn(each).includes(id))
  return profile ? { profile: profile.id } : {}
}

/** What only the runs of a profile have, in whichever dialect. */
function includedIn({ includes = [], inDialect = {} }: Profile): readonly string[] {
  return [includes, ...Object.values(inDialect).map((manners) => manners.includes ?? [])].flat()
}
