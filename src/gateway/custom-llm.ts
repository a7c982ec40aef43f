import {
  answerModels,
  chat,
  dialectAt,
  dialects,
  errorReply,
  isModelsPath,
  methodNotAllowed,
} from '../protocol/index.ts'
import { type AnyReply, headerValue, respond } from '../wire/index.ts'
import { bodyWithin } from './body-within.ts'
import type { CustomLlmOptions } from './custom-llm-options.ts'
import { createGateway } from './gateway.ts'
import { authorize } from './keys/authorize.ts'
import { keyRing } from './keys/key-ring.ts'
import { refuseOptions } from './refuse-options.ts'
import { requestId } from './request-id.ts'
import { clock } from './runtime.ts'

const DEFAULT_BODY_LIMIT = 8 * 1024 * 1024

/**
 * A custom LLM for any runtime that knows `Request` and `Response`: Next, Hono, Workers, Deno, Bun, Node.js.
 * It answers `POST .../responses`, any other `POST` as `.../chat/completions`, and `GET .../models`.
 *
 * @throws SoundcheckError for options that make no sense.
 */
export function customLlm(options: CustomLlmOptions): (request: Request) => Promise<Response> {
  refuseOptions(options)
  const { model = [], models = { 'custom-model': model }, apiKey, bodyLimit, ...voice } = options
  const gateway = createGateway({ ...voice, models })
  const keys = [apiKey ?? []].flat().map((key, i) => ({ name: `key ${i + 1}`, key }))
  const findKey = 'apiKey' in options ? keyRing(keys) : undefined

  async function answer(request: Request): Promise<AnyReply> {
    const { method, url } = request
    const headers = [...request.headers]
    const given = headerValue(headers, 'authorization')
    const entry = findKey ? await authorize(given, findKey) : NOBODY
    if ('refusal' in entry) return entry.refusal
    if (method === 'GET' && isModelsPath(new URL(url).pathname)) {
      return answerModels({ method, url, headers, body: null }, gateway.modelNames)
    }
    if (method !== 'POST') {
      return methodNotAllowed(method, dialectAt(new URL(url).pathname, dialects) ?? chat)
    }
    const body = await bodyWithin(request, bodyLimit ?? DEFAULT_BODY_LIMIT)
    if (body === undefined) return TOO_LARGE
    const id = requestId(headerValue(headers, 'x-request-id'))
    return gateway.answer(
      { method, url, headers, body },
      { gone: request.signal, id, key: entry.holder },
    )
  }

  return async (request) => respond(await answer(request), { clock, signal: request.signal })
}

const NOBODY = { holder: null }
const TOO_LARGE = errorReply({
  status: 413,
  message: 'The request body is larger than this endpoint accepts.',
})
