import { type BodyFraming, declaredFraming, NOTHING } from './body-framing.ts'
import { type Head, MessageReader, type Segment } from './message-reader.ts'

export interface StatusLine {
  readonly status: number
  readonly statusText: string
}

export type ResponseSegment = Segment<StatusLine>

/** Reads the responses that come on a connection; `methodAsked` tells what the next one answers. */
export function responseReader(methodAsked: () => string | undefined): MessageReader<StatusLine> {
  return new MessageReader({ readStart, framingOf: (head) => framingOf(head, methodAsked()) })
}

const LINE = /^HTTP\/1\.\d (\d{3})(?: (.*))?$/

function readStart(line: string): StatusLine | undefined {
  const [, status, statusText = ''] = LINE.exec(line) ?? []
  return status === undefined ? undefined : { status: Number(status), statusText }
}

function framingOf({ start, headers }: Head<StatusLine>, method: string | undefined): BodyFraming {
  const { status } = start
  if (status === 101 || (method === 'CONNECT' && status >= 200 && status < 300)) {
    return { by: 'no-http' }
  }
  if (status < 200 || status === 204 || status === 304 || method === 'HEAD') return NOTHING
  return declaredFraming(headers) ?? { by: 'close' }
}
