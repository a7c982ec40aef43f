import { type BodyFraming, declaredFraming, NOTHING } from './body-framing.ts'
import { type Head, MessageReader, type Segment } from './message-reader.ts'

export interface RequestLine {
  readonly method: string
  readonly target: string
}

export type RequestHead = Head<RequestLine>
export type RequestSegment = Segment<RequestLine>

/** Reads the requests that come on a connection. */
export function requestReader(): MessageReader<RequestLine> {
  return new MessageReader({ readStart, framingOf })
}

const LINE = /^([!#$%&'*+.^_`|~0-9a-z-]+) (\S+) HTTP\/1\.\d$/i

function readStart(line: string): RequestLine | undefined {
  const [, method, target] = LINE.exec(line) ?? []
  return method === undefined ? undefined : { method, target: target! }
}

function framingOf({ start, headers }: RequestHead): BodyFraming {
  if (start.method === 'CONNECT') return { by: 'no-http' }
  const framing = declaredFraming(headers) ?? NOTHING
  if (framing.by !== 'close') return framing
  const reason = 'Request has invalid `Transfer-Encoding`'
  return { by: 'contradiction', reason }
}
