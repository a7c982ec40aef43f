// What needs Node.js: the two ends of the wire that do I/O, and the files that what was seen goes to.
import type * as recording from './record.ts'

export { connectThrough } from './connect-through.ts'
export { describeFailure } from './describe-failure.ts'
export { goneSignal } from './gone-signal.ts'
export { headersOf } from './headers-of.ts'
export { isFolder, makeFolder } from './make-folder.ts'
export { nodeHttp } from './node-http.ts'
export { play } from './play.ts'
export type { RecordOptions } from './record.ts'
export { replaceFile } from './replace-file.ts'
export { saveExchange } from './save-exchange.ts'
export { takeJsonAsText } from './take-json-as-text.ts'
export { Recorder, type RecorderOptions, type Recording } from './recorder.ts'

/** See `record.ts`. Loaded on first use: who only plays needs no HTTP client. */
export const record: typeof recording.record = async (...args) =>
  (await import('./record.ts')).record(...args)
