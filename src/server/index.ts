export type { AnyReply, Fault, Handler, LiveReply, Tamper } from '../wire/index.ts'
export { type RunningServer, type ServerOptions, startServer } from './start-server.ts'
export type { Answered } from './tell-answered.ts'
