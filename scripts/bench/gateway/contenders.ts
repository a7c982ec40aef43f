import { Agent, createServer, request as ask, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { createParser } from 'eventsource-parser'
import Fastify from 'fastify'
import { Agent as Dispatcher } from 'undici'
import { listening } from '../listening.ts'
import { modelAt } from './model-at.ts'

export const PIPE = 'node:http, a bare pipe'
export const LEAST = 'fastify, undici and JSON, the least relay'
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

  /** What a relay cannot do without that reads what it hands on. */
  async [LEAST](upstream) {
    const dispatcher = new Dispatcher()
    const app = Fastify()
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('application/json', { parseAs: 'string' }, (_, body, done) =>
      done(null, body),
    )
    app.post('/v1/chat/completions', ({ url, body }, reply) => {
      const outgoing = reply.hijack().raw
      const decoder = new TextDecoder()
      const written: string[] = []
      const parser = createParser({
        onEvent: ({ data }) => written.push(data === '[DONE]' ? data : again(data)),
      })
      dispatcher.dispatch(
        {
          origin: upstream,
          path: url,
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: again(body as string),
        },
        {
          onRequestStart() {},
          onResponseStart(_, status) {
            outgoing.writeHead(status, { 'content-type': 'text/event-stream; charset=utf-8' })
          },
          onResponseData(_, bytes) {
            parser.feed(decoder.decode(bytes, { stream: true }))
            const events = written.splice(0).map((data) => `data: ${data}\n\n`)
            if (events.length > 0) outgoing.write(events.join(''))
          },
          onResponseEnd: () => outgoing.end(),
          onResponseError: () => void outgoing.destroy(),
        },
      )
    })
    return app.listen({ host: '127.0.0.1', port: 0 })
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

function again(json: string): string {
  return JSON.stringify(JSON.parse(json))
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
