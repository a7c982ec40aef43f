import type { Socket } from 'node:net'

/** Of the sockets that wait, one is read in a turn of the event loop; of many, this part, so that a backlog shrinks. */
const PART = 1 / 64

/** What came in on these is stamped; they are read in this order. */
const unread = new Map<Socket, () => void>()

/**
 * Tells whoever reads a socket that it is `readable` a moment later than it was: what comes in on
 * other sockets is stamped first, and need not wait until this read has been parsed. `whenRead` is
 * called when it has.
 */
export function readLater(socket: Socket, whenRead: () => void): void {
  const emit = socket.emit.bind(socket) as (event: string | symbol, ...rest: unknown[]) => boolean
  const read = () => {
    emit('readable')
    whenRead()
  }
  socket.emit = (event: string | symbol, ...rest: unknown[]) => {
    if (event === 'readable') {
      if (unread.size === 0) setImmediate(readSome)
      unread.set(socket, read)
      return true
    }
    // An end or an error may not overtake what came before it.
    if (unread.delete(socket)) read()
    return emit(event, ...rest)
  }
}

function readSome(): void {
  let some = Math.ceil(unread.size * PART)
  for (const [socket, read] of unread) {
    unread.delete(socket)
    read()
    if (--some === 0) break
  }
  if (unread.size > 0) setImmediate(readSome)
}
