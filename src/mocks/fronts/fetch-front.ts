import { type HttpRequest, type Reply, respond } from '../../wire/index.ts'
import {
  answerModels,
  type Dialect,
  dialectAt,
  dialectBelow,
  isModelsPath,
  methodNotAllowed,
} from '../../protocol/index.ts'
import { scopeOf } from '../../journal/index.ts'
import { createMockLlm, type MockControl, type MockLlm } from '../mock-llm.ts'
import type { MockLlmOptions } from '../mock-llm-options.ts'
import { notFound } from '../not-found.ts'

/** A function like `fetch`, which asks no network. */
export type FetchFunction = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

/** A `fetch` with a mock behind it. */
export type MockFetch = FetchFunction & MockControl

/**
 * Makes a function to be used in place of `fetch`, by clients that take one: `new OpenAI({ fetch })`.
 *
 * It answers `/models` and the paths of each dialect, of any host.
 *
 * @throws ScenarioError for a scenario that cannot be used; TypeError for such an option.
 */
export function mockFetch(options: MockLlmOptions = {}): MockFetch {
  const mock = createMockLlm(options)
  // As of `fetch`, what cannot be asked is a rejection.
  const fetch: FetchFunction = async (input, init) =>
    answerRequest(mock, new Request(input, init), input)
  return Object.assign(fetch, mock.control)
}

/** Answers a request of the Fetch standard, which was made of `input`. */
export async function answerRequest(
  mock: MockLlm,
  request: Request,
  input: unknown = request,
): Promise<Response> {
  const http = await readFetchRequest(request)
  const { pathname } = new URL(http.url)
  const dialect = dialectAt(pathname, mock.dialects)
  const below = dialectBelow(pathname, mock.dialects)
  if (dialect === undefined && below) {
    const call = { gone: request.signal, scope: scopeOf(http.headers), entry: undefined }
    return respond(await mock.numbering(mock.answerKept)(http, { ...call, dialect: below }))
  }
  if (dialect === undefined || http.method !== 'POST') {
    const answer = mock.numbering(async () => answerOther(mock, http, dialect))
    return respond(await answer(http, { gone: request.signal }))
  }

  const entry = mock.journal.open(http)
  // A request hears of an abort only as long as it is referred to, and so does what it was made of.
  entry.kept = [request, input]
  try {
    const reply = await mock.answer(http, {
      gone: request.signal,
      scope: entry.scope,
      entry,
      dialect,
    })
    entry.planned(reply)
    const { clock } = mock
    return await respond(reply, {
      clock,
      zero: entry.zero,
      spectator: entry,
      signal: request.signal,
    })
  } catch (error) {
    entry.ended('hang-up', mock.clock.now() - entry.zero)
    throw error
  }
}

/** Answers what asks for no answer of a model. */
function answerOther(
  { modelNames, dialects }: MockLlm,
  request: HttpRequest,
  dialect: Dialect | undefined,
): Reply {
  if (dialect) return methodNotAllowed(request.method, dialect)
  return request.method === 'GET' && isModelsPath(new URL(request.url).pathname)
    ? answerModels(request, modelNames)
    : notFound(request, dialects)
}

async function readFetchRequest(request: Request): Promise<HttpRequest> {
  return {
    method: request.method,
    url: request.url,
    headers: [...request.headers],
    body: await request.text(),
  }
}
