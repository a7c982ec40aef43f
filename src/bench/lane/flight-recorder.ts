import { subscribe } from 'node:diagnostics_channel'
import type { Dispatcher } from 'undici'
import type { Arrival } from '../../wire/index.ts'
import { Recorder, type RecorderOptions } from '../../wire/node.ts'
import { type Connection, connectionOf } from './connection.ts'
import type { PackedArrivals } from './packed-arrivals.ts'

/**
 * The request that is about to go out. undici tells a request of its start, which does not name the
 * socket, and then the channel of the headers, which names the socket and not whose they are. It does
 * both in one go, and nothing else of this thread runs in between: the last that was announced is the
 * one whose headers these are.
 */
let announced: FlightRecorder | undefined

subscribe('undici:client:sendHeaders', (message) => {
  const { socket } = message as { socket: object }
  announced?.goOutOn(connectionOf(socket))
  announced = undefined
})

/**
 * A recorder that also knows on what kind of connection its request went out. It packs
 * what arrives: its recording has no arrivals.
 */
export class FlightRecorder extends Recorder {
  readonly packed: PackedArrivals
  readonly #takeRoom: (bytes: number) => boolean
  /** `null` on a connection that had carried a request before. */
  connectMs: number | null = null
  /** How long its connection had been idle; negative for a new one. */
  idleMs = -Infinity
  #connection: Connection | undefined

  /** `takeRoom` says whether there is room for so many further bytes. */
  constructor(
    options: RecorderOptions,
    packed: PackedArrivals,
    takeRoom: (bytes: number) => boolean = () => true,
  ) {
    super(options)
    this.packed = packed
    this.#takeRoom = takeRoom
  }

  override onRequestStart(controller: Dispatcher.DispatchController): void {
    super.onRequestStart(controller)
    announce(this)
  }

  goOutOn(connection: Connection): void {
    this.#connection = connection
    this.connectMs = connection.connectMs
    this.idleMs = performance.now() - connection.idleSince
    connection.connectMs = null
  }

  /** Tells that the connection is idle from now on. */
  release(): void {
    if (this.#connection) this.#connection.idleSince = performance.now()
  }

  protected override arrivedAt(): number {
    return this.#connection?.reads.at ?? performance.now()
  }

  protected override catchUp(): void {
    this.#connection?.reads.parse()
  }

  protected override keep({ atMs, bytes }: Arrival): boolean {
    this.packed.add(atMs, bytes)
    return this.#takeRoom(bytes.length)
  }
}

function announce(recorder: FlightRecorder): void {
  announced = recorder
}
