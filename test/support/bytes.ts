import type { Arrival } from '../../src/wire/index.ts'

export function bytes(content: string): Uint8Array {
  return new TextEncoder().encode(content)
}

export function text(pieces: readonly Arrival[]): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(
    Buffer.concat(pieces.map((piece) => piece.bytes)),
  )
}
