import { SoundcheckError } from '../../endpoint/index.ts'
import {
  type FindFault,
  type Pacing,
  readFault,
  sometimes,
  type ResponseStyle,
  type Scenario,
  type StandIn,
} from '../../mocks/index.ts'
import { loadScenarios } from '../../mocks/node.ts'
import type { ServerOptions } from '../../server/index.ts'
import { escapeText, type Fault } from '../../wire/index.ts'
import { requestLine } from '../progress/request-line.ts'
import { tell } from '../tell.ts'
import { printLine } from './print-line.ts'

export interface ServeFlags {
  readonly port: number
  readonly host: string
  readonly scenarios?: string[]
  readonly watch?: true
  readonly strict?: true
  readonly as?: StandIn
  readonly responsesStyle?: NonNullable<ResponseStyle['events']>
  readonly responsesDone?: true
  readonly responsesEventLines: boolean
  readonly responsesError?: NonNullable<ResponseStyle['error']>
  readonly seed: number
  readonly ttft?: number
  readonly tps?: number
  readonly jitter?: number
  readonly apiKey?: string
  readonly controlToken?: string
  readonly allowModel?: string[]
  readonly fault?: string
  readonly faultHeader?: true
  readonly quiet?: true
}

/** The options of a server, those that are files read. */
export async function serverOptions(flags: ServeFlags): Promise<ServerOptions> {
  const { port, host, seed, strict, as, apiKey, controlToken, allowModel, faultHeader } = flags
  const scenarios = (await Promise.all((flags.scenarios ?? []).map(loadScenarios))).flat()
  const paced = pacingOf(flags)
  return {
    port,
    host,
    seed,
    scenarios,
    // Without scenarios, all that is said is made up; who sets a pace, measures it from the first answer on.
    warm: scenarios.length === 0 || paced.pacing !== undefined || scenarios.some(isPaced),
    ...paced,
    responses: styleOf(flags),
    ...(strict && { strict }),
    ...(as && { as }),
    ...(apiKey !== undefined && { apiKey }),
    ...(controlToken !== undefined && { controlToken }),
    ...(allowModel && { modelNames: allowModel }),
    loadFaults,
    ...(flags.fault !== undefined && { fault: await namedFault(flags.fault, seed) }),
    ...(faultHeader && { faultHeader }),
    ...(!flags.quiet && { onAnswered: (answered) => printLine(requestLine(answered)) }),
    onError: (error) => tell(escapeText(String(error))),
  }
}

function isPaced({ then }: Scenario): boolean {
  return [then].flat().some((answer) => typeof answer === 'object' && answer.pacing !== undefined)
}

/** The faults belong to the checks, which take as long to load as all else. */
async function loadFaults(): Promise<FindFault> {
  return (await import('../../conformance/index.ts')).findFault
}

async function namedFault(text: string, seed: number): Promise<Fault> {
  const { name, rate } = readFault(text)
  const findFault = await loadFaults()
  return sometimes(findFault(name), rate, seed)
}

function styleOf({
  responsesStyle,
  responsesDone,
  responsesEventLines,
  responsesError,
}: ServeFlags): ResponseStyle {
  return {
    ...(responsesStyle && { events: responsesStyle }),
    ...(responsesDone && { done: true }),
    eventLines: responsesEventLines,
    ...(responsesError && { error: responsesError }),
  }
}

function pacingOf({ ttft, tps, jitter }: ServeFlags): { pacing?: Pacing } {
  if (jitter !== undefined && tps === undefined) {
    throw new SoundcheckError('INVALID_INPUT', '--jitter varies the time between tokens: add --tps')
  }
  if (ttft === undefined && tps === undefined) return {}
  return {
    pacing: {
      ...(ttft !== undefined && { ttft }),
      ...(tps !== undefined && { tokensPerSecond: tps }),
      ...(jitter !== undefined && { jitter }),
    },
  }
}
