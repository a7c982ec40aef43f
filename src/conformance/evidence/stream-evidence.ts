import { type Json, parseJson, type Spot } from '../../protocol/index.ts'
import { decodeSse, type SseEvent, type SseStream } from '../../wire/index.ts'
import { errorTextOf } from './error-text.ts'
import { HttpEvidence } from './http-evidence.ts'
import { namesContextLimit } from './names-context-limit.ts'

/** The body of an answer as server-sent events; as one JSON value, where it has none. */
export class StreamEvidence extends HttpEvidence {
  get stream(): SseStream {
    return this.once('stream', () =>
      decodeSse(this.bounded.arrivals, { timed: this.exchange !== undefined }),
    )
  }

  /** The body as one JSON value, where it is not a stream. */
  get json(): Json | undefined {
    return this.once('json', () =>
      this.stream.events.length > 0 ? undefined : parseJson(new TextDecoder().decode(this.body)),
    )
  }

  /** The text of the error that the body holds, in any of the usual forms. */
  get errorText(): string | undefined {
    return errorTextOf(this.json)
  }

  /** Whether nothing answers at the path that was asked. */
  get isPathUnknown(): boolean {
    return this.exchange?.response?.status === 404 && !/\bmodel\b/i.test(this.errorText ?? '')
  }

  /** Whether the error says that the request is too long for the model. */
  get namesContextLimit(): boolean {
    return namesContextLimit(`${this.errorText ?? ''} ${this.opening}`)
  }

  /** Where a part of some event stands. */
  where(spot: Spot, member = ''): { at: SseEvent; path: string } {
    const event = this.stream.events[spot.event]
    if (!event) throw new RangeError(`there is no event ${spot.event}`)
    return { at: event, path: spot.path + member }
  }
}
