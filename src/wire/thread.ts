// What a thread needs in which bytes pass and are seen: few modules, so that it starts soon.
export { BOUNDS } from './bounds.ts'
export { decodeContent } from './content-coding.ts'
export { describeFailure } from './describe-failure.ts'
export {
  type Arrival,
  type End,
  type Exchange,
  type Header,
  headerValue,
  type HttpResponseHead,
  memoryOf,
} from './exchange.ts'
