import { isJsonObject, type Json, type JsonObject, parseJson } from '../../protocol/index.ts'
import type { Pacing } from '../pacing/pacing.ts'
import { ScenarioError } from './scenario-error.ts'
import type { AnswerSpec, CallSpec, Scenario, When } from './scenario.ts'

export interface Imported {
  readonly scenarios: readonly Scenario[]
  /** What could not be taken over, or means something else here. */
  readonly notes: readonly string[]
}

type Note = (what: string) => void

/**
 * Turns a fixture file of aimock into scenarios; `file` names it in scenarios and notes.
 *
 * A fixture that would match more than it did is left out, and noted.
 *
 * @see https://github.com/CopilotKit/aimock (`FixtureFileEntry`)
 * @throws ScenarioError for a file that has no `fixtures`.
 */
export function importAimock(json: unknown, file: string): Imported {
  const fixtures = isJsonObject(json) ? json['fixtures'] : undefined
  if (!Array.isArray(fixtures)) {
    throw new ScenarioError(`${file}: has no "fixtures"; is it a fixture file of aimock?`)
  }
  const notes: string[] = []
  const scenarios = fixtures.flatMap((fixture, i): Scenario[] => {
    const name = `${file}: fixture ${i + 1}`
    const note: Note = (what) => notes.push(`${name}: ${what}`)
    const match = isJsonObject(fixture) ? fixture['match'] : undefined
    const response = isJsonObject(fixture) ? fixture['response'] : undefined
    if (!isJsonObject(fixture) || !isJsonObject(match) || !isJsonObject(response)) {
      note('left out: it needs an object "match" and an object "response"')
      return []
    }
    const when = importMatch(match, note)
    const then = when && importResponse(response, note)
    if (!then) return []
    const rest = importDelivery(fixture, note)
    return [{ name, ...(Object.keys(when).length > 0 && { when }), then: { ...then, ...rest } }]
  })
  return { scenarios, notes }
}

function importMatch(match: JsonObject, note: Note): When | undefined {
  for (const key of ['inputText', 'responseFormat', 'predicate']) {
    if (match[key] === undefined) continue
    note(`left out: match.${key} has no counterpart`)
    return undefined
  }
  const { endpoint = 'chat', hasToolResult, sequenceIndex, turnIndex } = match
  if (endpoint !== 'chat') {
    note(`left out: it answers ${asText(endpoint)}, not chat completions`)
    return undefined
  }
  if (sequenceIndex !== undefined) {
    note('match.sequenceIndex became "nth", which counts in the history of each conversation')
  }
  if (turnIndex !== undefined) note('match.turnIndex became "turn", which is exact')

  const id = text(match['toolCallId'])
  const content = text(match['toolResultContains'])
  const result = {
    ...(id !== undefined && { id }),
    ...(content !== undefined && { content }),
  }
  const user = text(match['userMessage'])
  const tool = text(match['toolName'])
  const model = text(match['model'])
  const context = text(match['context'])
  const system = match['systemMessage']
  return {
    ...(user !== undefined && { user }),
    ...(typeof system === 'string' && { system }),
    ...(Array.isArray(system) && system.length > 0 && { system: { regex: containsAll(system) } }),
    ...(tool !== undefined && { tool }),
    ...(typeof hasToolResult === 'boolean' && { toolResult: hasToolResult }),
    ...(Object.keys(result).length > 0 && { toolResult: result }),
    // A name stands for its dated versions too.
    ...(model !== undefined && { model: { regex: `^${escapeRegex(model)}(?:-\\d.*)?$` } }),
    ...(context !== undefined && { header: { 'x-aimock-context': context } }),
    ...(typeof turnIndex === 'number' && { turn: turnIndex }),
    ...(typeof sequenceIndex === 'number' && { nth: sequenceIndex + 1 }),
  }
}

const ENVELOPE = ['id', 'created', 'model', 'role', 'systemFingerprint']

function importResponse(response: JsonObject, note: Note): AnswerSpec | undefined {
  const { error, blocks, content, toolCalls, reasoning, finishReason, usage } = response
  if (isJsonObject(error)) return { error: importError(error, response) }
  const inOrder = Array.isArray(blocks) ? blocks.filter(isJsonObject) : []
  const calls = inOrder.some(({ type }) => type === 'toolCall')
    ? inOrder.filter(({ type }) => type === 'toolCall')
    : Array.isArray(toolCalls)
      ? toolCalls.filter(isJsonObject)
      : []
  const texts = inOrder.flatMap(({ type, text: part }) =>
    type === 'text' ? [asText(part) ?? ''] : [],
  )
  const said = texts.length > 0 ? texts.join('') : asText(content)
  if (said === undefined && calls.length === 0) {
    note('left out: its response is none of a chat completion')
    return undefined
  }
  if (texts.length > 0 && calls.length > 0 && inOrder[0]!['type'] === 'toolCall') {
    note('text comes before tool calls here, whatever the order of "blocks"')
  }
  const dropped = ENVELOPE.filter((key) => response[key] !== undefined)
  if (dropped.length > 0) note(`response.${dropped.join(', ')}: derived from the request here`)
  return {
    ...(said !== undefined && { text: literal(said) }),
    ...(calls.length > 0 && { calls: calls.map(importCall) }),
    ...(typeof reasoning === 'string' && { reasoning: literal(reasoning) }),
    ...(typeof finishReason === 'string' && {
      finishReason: finishReason as NonNullable<AnswerSpec['finishReason']>,
    }),
    ...(isJsonObject(usage) && { usage: importUsage(usage) }),
  }
}

function importCall({ name, arguments: value = {}, id }: JsonObject): CallSpec {
  const parsed = typeof value === 'string' ? parseJson(value) : value
  return {
    name: asText(name) ?? '',
    arguments: isJsonObject(parsed) ? literals(parsed) : literal(asText(value) ?? ''),
    ...(typeof id === 'string' && { id }),
  }
}

function importError(error: JsonObject, { status, retryAfter }: JsonObject) {
  const member = (key: string) => (typeof error[key] === 'string' ? { [key]: error[key] } : {})
  const code = typeof status === 'number' ? status : 500
  const seconds = retryAfter ?? (code === 429 ? 1 : undefined)
  return {
    status: code,
    ...member('message'),
    ...member('type'),
    ...member('code'),
    ...member('param'),
    ...(seconds !== undefined && { headers: { 'retry-after': asText(seconds) ?? '' } }),
  }
}

function importUsage(usage: JsonObject): NonNullable<AnswerSpec['usage']> {
  const counts = ['prompt_tokens', 'completion_tokens', 'total_tokens'] as const
  return Object.fromEntries(
    counts.flatMap((key) => (typeof usage[key] === 'number' ? [[key, usage[key]]] : [])),
  )
}

function importDelivery(fixture: JsonObject, note: Note): Pick<AnswerSpec, 'pacing' | 'fault'> {
  const { latency, streamingProfile: profile, recordedTimings: recorded, chaos } = fixture
  const speed = typeof fixture['replaySpeed'] === 'number' ? fixture['replaySpeed'] : 1
  const pacing: Pacing = {
    ...(typeof latency === 'number' && { ttft: latency, gap: latency }),
    ...(isJsonObject(profile) && {
      ...(typeof profile['ttft'] === 'number' && { ttft: profile['ttft'] }),
      ...(typeof profile['tps'] === 'number' && { tokensPerSecond: profile['tps'] }),
      ...(typeof profile['jitter'] === 'number' && { jitter: profile['jitter'] }),
    }),
    ...(isJsonObject(recorded) && {
      ttft: Number(recorded['ttftMs']) / speed,
      gap: {
        distribution: 'recorded',
        values: [recorded['interChunkDelaysMs'] ?? []].flat().map((ms) => Number(ms) / speed),
      },
    }),
  }
  const cuts = ['truncateAfterChunks', 'disconnectAfterMs'].filter((key) => key in fixture)
  if (cuts.length > 0) note(`${cuts.join(', ')} became network/reset, in the middle of the stream`)
  const rate = isJsonObject(chaos) ? chaos['disconnectRate'] : undefined
  if (isJsonObject(chaos)) {
    const others = Object.keys(chaos).filter((key) => key !== 'disconnectRate')
    if (others.length > 0) note(`chaos.${others.join(', ')} left out; see "soundcheck explain"`)
  }
  return {
    ...(Object.keys(pacing).length > 0 && { pacing }),
    ...(cuts.length > 0
      ? { fault: 'network/reset' }
      : typeof rate === 'number' && { fault: { name: 'network/reset', rate } }),
  }
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** A value that is no string is sent as JSON. */
function asText(content: Json | undefined): string | undefined {
  if (content === undefined || content === null) return undefined
  return typeof content === 'string' ? content : JSON.stringify(content)
}

/** Braces mean nothing in a fixture; other delimiters keep them from being templates here. */
function literal(said: string): string {
  return said.includes('{{') ? `{{=<% %>=}}${said}` : said
}

function literals(value: Json): Json {
  if (typeof value === 'string') return literal(value)
  if (Array.isArray(value)) return value.map(literals)
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, literals(member)]))
}

function containsAll(parts: readonly Json[]): string {
  return `^${parts.map((part) => `(?=[\\s\\S]*${escapeRegex(asText(part) ?? '')})`).join('')}`
}

function escapeRegex(source: string): string {
  return source.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
