import { isJsonObject, type JsonObject } from '../../protocol/index.ts'
import { Evidence } from '../evidence/evidence.ts'
import type { Probe, ProbeRun } from '../probes/define-probe.ts'
import { asPlatform, type Wishes } from '../profiles/as-platform.ts'
import type { Profile } from '../profiles/define-profile.ts'

/** What a run will cost, unless replies have to be asked for again. */
export interface CostEstimate {
  readonly requests: number
  /** Of the requests, at four characters a token: a rule of thumb for English. */
  readonly promptTokens: number
  /** Of the replies, at most, as far as requests limit them. */
  readonly replyTokens: number
  /** How many requests do not limit their reply. */
  readonly unlimited: number
}

const CHARACTERS_PER_TOKEN = 4

/** Estimates the cost of probes from the bodies that they will send. Sends nothing. */
export async function estimateCost(
  probes: readonly Probe[],
  profile: Profile,
  wishes: Wishes,
  run: ProbeRun,
): Promise<CostEstimate> {
  const costs = await Promise.all(probes.map((probe) => costOf(probe, profile, wishes, run)))
  const total = (part: keyof CostEstimate) =>
    Math.round(costs.reduce((sum, cost) => sum + cost[part], 0))
  return {
    requests: total('requests'),
    promptTokens: total('promptTokens'),
    replyTokens: total('replyTokens'),
    unlimited: total('unlimited'),
  }
}

async function costOf(
  probe: Probe,
  profile: Profile,
  wishes: Wishes,
  run: ProbeRun,
): Promise<CostEstimate> {
  const bodies: JsonObject[] = []
  let sent = 0
  const notSent = await probe.run(async (request) => {
    sent++
    const { body } = asPlatform(request, probe.id, profile, wishes)
    if (isJsonObject(body)) bodies.push(body)
    return Evidence.ofBody(probe.id, new Uint8Array())
  }, run)
  if (notSent) return { requests: 0, promptTokens: 0, replyTokens: 0, unlimited: 0 }
  // Some requests follow only from a reply: they are like those before them.
  const scale = sent === 0 ? 1 : probe.requests / sent
  const sum = (of: (body: JsonObject) => number) =>
    bodies.reduce((total, body) => total + of(body), 0) * scale
  return {
    requests: probe.requests,
    promptTokens: sum((body) => JSON.stringify(body).length / CHARACTERS_PER_TOKEN),
    replyTokens: sum((body) => limitOf(body) ?? 0),
    unlimited: sum((body) => (limitOf(body) === undefined ? 1 : 0)),
  }
}

function limitOf({ max_completion_tokens: newer, max_tokens: older, n }: JsonObject) {
  const limit = newer ?? older
  if (typeof limit !== 'number' || limit < 0) return undefined
  return limit * (typeof n === 'number' ? n : 1)
}
