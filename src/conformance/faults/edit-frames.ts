import {
  encodeFrame,
  type Frame,
  type HttpRequest,
  type Reply,
  type Tamper,
} from '../../wire/index.ts'

/** Edits the frames of answers that stream events; leaves other answers alone. */
export function editFrames(
  edit: (frames: readonly Frame[], request: HttpRequest) => readonly Frame[],
): Tamper {
  return (reply, request) =>
    streamsEvents(reply) ? { ...reply, frames: edit(reply.frames, request) } : reply
}

export function streamsEvents({ frames }: Reply): boolean {
  return frames.some(({ kind }) => kind === 'event')
}

/** Edits the data of each event: gives one, several or none for each. */
export function editData(edit: (data: string) => string | readonly string[]): Tamper {
  return editFrames((frames) =>
    frames.flatMap((frame): Frame | Frame[] =>
      frame.kind === 'event'
        ? [edit(frame.data)].flat().map((data): Frame => ({ ...frame, data }))
        : frame,
    ),
  )
}

/** Edits a whole stream as the text that would be written; it then leaves at once. */
export function editBody(edit: (body: string) => string | Uint8Array): Tamper {
  return editFrames((frames) => {
    const body = frames
      .map((frame) => (frame.kind === 'hang-up' ? '' : encodeFrame(frame)))
      .map((piece) => (typeof piece === 'string' ? piece : new TextDecoder().decode(piece)))
      .join('')
    return [{ kind: 'bytes', atMs: 0, bytes: edit(body) } satisfies Frame]
  })
}

/** Puts frames into the middle of a stream. */
export function insertMidway(...frames: readonly Frame[]): Tamper {
  return editFrames((all) => all.toSpliced(Math.floor(all.length / 2), 0, ...frames))
}

/** Sends each frame of a stream at another time, in milliseconds; told its place and how many there are. */
export function setTimes(timeOf: (index: number, count: number) => number): Tamper {
  return editFrames((frames) =>
    frames.map((frame, i) => ({ ...frame, atMs: timeOf(i, frames.length) })),
  )
}

/** Gives streams another value of a header, or none. */
export function setHeader(name: string, value: string | undefined): Tamper {
  return (reply) => {
    if (!streamsEvents(reply)) return reply
    const others = reply.headers.filter(([key]) => key !== name)
    return { ...reply, headers: value === undefined ? others : [...others, [name, value]] }
  }
}
