import type { Flight, PackedFlights } from './lane-messages.ts'

/** Single flights, which share the memory that they came in. */
export function unpackFlights({ heads, reads, sizes, ...packed }: PackedFlights): Flight[] {
  let read = 0
  let byte = 0
  return heads.map((head, i) => {
    const nextRead = read + reads[i]!
    const nextByte = byte + sizes[i]!
    const flight = {
      ...head,
      stamps: packed.stamps.subarray(read, nextRead),
      lengths: packed.lengths.subarray(read, nextRead),
      bytes: packed.bytes.subarray(byte, nextByte),
    }
    read = nextRead
    byte = nextByte
    return flight
  })
}
