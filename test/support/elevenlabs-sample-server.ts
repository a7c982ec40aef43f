import { text } from 'node:stream/consumers'
import { type ChatRequest, compileSchema, parseJson } from '../../src/protocol/index.ts'
import { defaultModel } from '../../src/mocks/index.ts'
import { encodeFrame, type Reply } from '../../src/wire/index.ts'
import { rawServer } from './raw-server.ts'

/** What the sample declares of a request; it drops everything else. */
const violationsOf = compileSchema({
  type: 'object',
  required: ['messages', 'model'],
  properties: {
    messages: {
      type: 'array',
      items: {
        type: 'object',
        required: ['role', 'content'],
        properties: { role: { type: 'string' }, content: { type: 'string' } },
      },
    },
    model: { type: 'string' },
    temperature: { type: ['number', 'null'] },
    max_tokens: { type: ['integer', 'null'] },
    stream: { type: ['boolean', 'null'] },
    user_id: { type: ['string', 'null'] },
  },
})

/**
 * A server that does what the sample of ElevenLabs' documentation does, before a model that works:
 * it knows neither `tools` nor content that is null, and reports an error as a bare string.
 *
 * @see https://elevenlabs.io/docs/agents-platform/customization/llm/custom-llm
 */
export async function elevenLabsSampleServer(): Promise<string> {
  const model = defaultModel()
  const url = await rawServer(async (request, response) => {
    const json = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (request.url !== '/v1/chat/completions') return json(404, { detail: 'Not Found' })
    if (request.method !== 'POST') return json(405, { detail: 'Method Not Allowed' })

    const body = parseJson(await text(request))
    const [violation] = violationsOf(body)
    if (violation) {
      const { path, message } = violation
      return json(422, { detail: [{ loc: ['body', ...path.split('/').slice(1)], msg: message }] })
    }
    const asked = readRequest(body as ChatRequest)
    if (asked.model !== 'custom-model') {
      return response.writeHead(500, { 'content-type': 'text/plain' }).end('Internal Server Error')
    }
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
    for (const data of eventsOf(asked, await model(asked))) response.write(data)
    return response.end()
  })
  return `${url}/v1`
}

function readRequest({ messages, model, temperature, max_tokens, stream }: ChatRequest) {
  return {
    messages: messages.map(({ role, content }) => ({ role, content })),
    model,
    ...(temperature !== undefined && { temperature }),
    ...(max_tokens !== undefined && { max_tokens }),
    ...(stream !== undefined && { stream }),
  } as ChatRequest
}

function eventsOf({ stream }: ChatRequest, reply: Reply): (string | Uint8Array)[] {
  if (stream !== true) return [`data: ${JSON.stringify({ error: 'Internal error occurred!' })}\n\n`]
  return reply.frames.flatMap((frame) => (frame.kind === 'hang-up' ? [] : encodeFrame(frame)))
}
