const DATA = Buffer.from('data:')
const LINE_FEED = 10
/** What ends an answer that can be gone on from. */
const ENDINGS: readonly unknown[] = ['response.completed', 'response.incomplete']

/**
 * The id of an answer in the Responses API, to go on from; `undefined` for one that has none, or came
 * to no good end. Its last event tells: of the others, a lane parses none.
 */
export function answerId(bytes: Uint8Array): string | undefined {
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let at = lastData(body, body.length); at >= 0; at = lastData(body, at)) {
    const { type, response } = eventIn(lineAt(body, at + DATA.length))
    const tellsOfIt = typeof response === 'object' && response !== null
    if (tellsOfIt) return ENDINGS.includes(type) ? idIn(response) : undefined
  }
  return undefined
}

/** Where the last line of data before `end` begins; -1 where there is none. */
function lastData(body: Buffer, end: number): number {
  let start = end === 0 ? -1 : body.lastIndexOf(DATA, end - 1)
  while (start > 0 && body[start - 1] !== LINE_FEED) start = body.lastIndexOf(DATA, start - 1)
  return start
}

function lineAt(body: Buffer, start: number): string {
  const end = body.indexOf(LINE_FEED, start)
  return body.toString('utf8', start, end < 0 ? body.length : end)
}

/** Of what is no JSON, nothing. */
function eventIn(data: string): { readonly type?: unknown; readonly response?: unknown } {
  try {
    return (JSON.parse(data) ?? {}) as object
  } catch {
    return {}
  }
}

function idIn({ id }: { readonly id?: unknown }): string | undefined {
  return typeof id === 'string' && id !== '' ? id : undefined
}
