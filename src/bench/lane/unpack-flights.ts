import type { Flight, PackedFlights } from './lane-messages.ts'

/** Single flights, which share the memory that they came in. */
export function unpackFlights({ flights, stamps, lengths, bytes }: PackedFlights): Flight[] {
  let read = 0
  let byte = 0
  return flights.map(({ head, reads, size }) => {
    const flight = {
      ...head,
      stamps: stamps.subarray(read, read + reads),
      lengths: lengths.subarray(read, read + reads),
      bytes: bytes.subarray(byte, byte + size),
    }
    read += reads
    byte += size
    return flight
  })
}
