// What needs Node.js: the two ends of the wire that do I/O.
export { play } from './play.ts'
export { record, type RecordOptions } from './record.ts'
export { Recorder, type Recording } from './recorder.ts'
