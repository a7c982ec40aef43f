import { encodeFrame, jsonReply, type Tamper } from '../../wire/index.ts'
import type { Draft } from './draft.ts'

/** Answers with another list of models. */
export function editModelList(edit: (list: Draft) => unknown): Tamper {
  return (reply, { url }) => {
    const [frame] = reply.frames
    if (!url.endsWith('/models') || frame?.kind !== 'bytes') return reply
    return jsonReply(200, edit(JSON.parse(String(encodeFrame(frame)))))
  }
}
