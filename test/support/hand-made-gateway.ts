import type { Gateway } from '../../src/gateway/gateway.ts'
import type { GatewayCall } from '../../src/gateway/gateway-call.ts'
import type { Upstream } from '../../src/gateway/upstream/upstream.ts'
import {
  type AnyReply,
  eventStreamReply,
  type Frame,
  type HttpRequest,
} from '../../src/wire/index.ts'

/** What a gateway made by hand was asked, in order. */
export interface HandMade extends Gateway {
  readonly asked: { readonly request: HttpRequest; readonly call: GatewayCall }[]
}

interface Parts {
  readonly answer?: (request: HttpRequest, call: GatewayCall) => AnyReply | Promise<AnyReply>
  readonly modelNames?: readonly string[]
  readonly upstreams?: readonly Upstream[]
  readonly endAll?: () => void
}

/** A gateway that answers as it is told: a server is tested around it. */
export function handMadeGateway(parts: Parts = {}): HandMade {
  const { answer = () => saying('Hello.'), modelNames = ['voice'], upstreams = [] } = parts
  const asked: HandMade['asked'] = []
  return {
    asked,
    modelNames,
    upstreams,
    underWay: 0,
    endAll: parts.endAll ?? (() => {}),
    async answer(request, call) {
      asked.push({ request, call })
      return answer(request, call)
    },
  }
}

/** A stream that says a text. */
export function saying(content: string): AnyReply {
  return eventStreamReply([event({ choices: [{ index: 0, delta: { content } }] }), DONE])
}

/** A stream that says a word, and ends when it is told to. */
export function untilToldTo(end: Promise<void>): AnyReply {
  async function* frames(): AsyncGenerator<Frame> {
    yield event({ choices: [{ index: 0, delta: { content: 'Well' } }] })
    await end
    yield DONE
  }
  return { ...eventStreamReply([]), frames: frames() }
}

const DONE: Frame = { kind: 'event', atMs: 0, data: '[DONE]' }

function event(data: object): Frame {
  return { kind: 'event', atMs: 0, data: JSON.stringify(data) }
}
