import { createGateway, type Gateway } from '../../src/gateway/gateway.ts'
import type { GatewayOptions } from '../../src/gateway/gateway-options.ts'
import type { TurnRecord } from '../../src/gateway/account/turn-record.ts'
import type { ModelChoice } from '../../src/gateway/upstream/model-choice.ts'
import type { JsonObject } from '../../src/protocol/index.ts'
import { type Header, respond } from '../../src/wire/index.ts'

/** A gateway, and what it tells of turns. */
export interface ObservedGateway {
  readonly gateway: Gateway
  readonly records: TurnRecord[]
  /** Asks for a stream, unless the body says otherwise. */
  readonly ask: (asking?: Asking) => Promise<Response>
}

interface Asking {
  readonly body?: JsonObject
  readonly headers?: readonly Header[]
  readonly signal?: AbortSignal
  readonly key?: { readonly name: string; readonly models?: readonly string[] }
}

const TURN = { model: 'm', stream: true, messages: [{ role: 'user', content: 'Hi.' }] }

/** Makes a gateway in front of upstreams, in the order in which they are fallen back to. */
export function observedGateway(
  upstreams: readonly ModelChoice[],
  options: Partial<GatewayOptions> = {},
): ObservedGateway {
  const records: TurnRecord[] = []
  const observer = { began: () => (record: TurnRecord) => void records.push(record) }
  const gateway = createGateway({
    models: { voice: upstreams },
    observers: [observer],
    ...options,
  })
  return {
    gateway,
    records,
    async ask({ body = {}, headers = [], signal = new AbortController().signal, key } = {}) {
      const http = {
        method: 'POST',
        url: '/v1/chat/completions',
        headers,
        body: JSON.stringify({ ...TURN, ...body }),
      }
      const reply = await gateway.answer(http, { gone: signal, id: 'req_1', key: key ?? null })
      return respond(reply, { signal })
    },
  }
}

/** What the caller hears of a stream, and how it ends. */
export async function heardIn(response: Response) {
  const text = await response.text()
  const events = text
    .split('\n\n')
    .filter((block) => block.startsWith('data: '))
    .map((block) => block.slice('data: '.length))
  const chunks = events
    .filter((data) => data !== '[DONE]')
    .map((data) => JSON.parse(data) as Record<string, never>)
  const choices = chunks.flatMap(({ choices: each = [] }: { choices?: JsonObject[] }) => each)
  const deltas = choices.map(({ delta }) => delta as JsonObject)
  return {
    text: deltas.map(({ content }) => (content as string | undefined) ?? '').join(''),
    finish: choices.flatMap(({ finish_reason }) => finish_reason ?? []),
    error: chunks.flatMap(({ error }: { error?: JsonObject }) => error ?? [])[0],
    isDone: events.at(-1) === '[DONE]',
    ids: new Set(chunks.flatMap(({ id }: { id?: string }) => id ?? [])),
    roles: deltas.flatMap(({ role }) => role ?? []),
    chunks,
  }
}
