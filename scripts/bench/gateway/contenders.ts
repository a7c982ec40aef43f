import { Agent, createServer, request as ask, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { listening } from '../listening.ts'
import { modelAt } from './model-at.ts'

export const PIPE = 'node:http, a bare pipe'
export const BARE = 'doStream behind node:http'

/** Starts what stands before an upstream; gives its URL. */
type Contender = (upstream: string) => Promise<string>

export const contenders: Readonly<Record<string, Contender>> = {
  /** The limit: what anything on `node:http` has to do that hands an answer on, and no more. */
  async [PIPE](upstream) {
    const agent = new Agent({ keepAlive: true })
    const server = createServer((incoming, outgoing) => {
      const { method, headers } = incoming
      const asked = ask(new URL(incoming.url!, upstream), { method, headers, agent }, (answer) => {
        outgoing.writeHead(answer.statusCode!, answer.headers)
        answer.pipe(outgoing)
      })
      incoming.pipe(asked)
    })
    return listening(server)
  },

  /** The least that an endpoint before a language model has to do. */
  async [BARE](upstream) {
    const model = modelAt(upstream)
    const answer = async (body: string, outgoing: ServerResponse) => {
      const { messages } = JSON.parse(body) as Asked
      const { stream } = await model.doStream({
        temperature: 0,
        prompt: messages.map(({ role, content }) =>
          role === 'system'
            ? { role, content }
            : { role, content: [{ type: 'text', text: content }] },
        ),
      })
      outgoing.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
      for await (const part of stream) {
        if (part.type === 'text-delta') outgoing.write(event({ content: part.delta }, null))
        else if (part.type === 'finish') outgoing.write(event({}, part.finishReason.unified))
      }
      outgoing.end('data: [DONE]\n\n')
    }
    const server = createServer((incoming, outgoing) => {
      void text(incoming).then((body) => answer(body, outgoing))
    })
    return listening(server)
  },
}

interface Asked {
  readonly messages: readonly { readonly role: 'system' | 'user'; readonly content: string }[]
}

function event(delta: object, finish_reason: string | null): string {
  const chunk = {
    id: 'chatcmpl-00000000000',
    object: 'chat.completion.chunk',
    created: 1_767_225_600,
    model: 'custom-model',
    choices: [{ index: 0, delta, finish_reason }],
  }
  return `data: ${JSON.stringify(chunk)}\n\n`
}
