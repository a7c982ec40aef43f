import type { Frame, HttpRequest, Reply, Tamper } from '../../wire/index.ts'

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
