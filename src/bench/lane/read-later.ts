import type { Socket } from 'node:net'

/** A socket a turn of the event loop is read; where many wait, this part of them: a backlog must shrink. */
const PART = 1 / 64

/** Reads what came in on the sockets that wait for it: it is stamped. Those read since do nothing. */
const waiting: (() => void)[] = []

/**
 * Tells undici that a socket is `readable` a moment later than it was: what comes in on other
 * sockets is stamped first, and need not wait until this read has been parsed. `whenRead` is called
 * when it has.
 */
export function readLater(socket: Socket, whenRead: () => void): void {
  const emit = socket.emit.bind(socket) as (event: string | symbol, ...rest: unknown[]) => boolean
  const destroy = socket.destroy.bind(socket)
  let isUnread = false
  const read = () => {
    if (!isUnread) return
    isUnread = false
    emit('readable')
    whenRead()
  }
  socket.emit = (event: string | symbol, ...rest: unknown[]) => {
    if (event !== 'readable') return emit(event, ...rest)
    if (isUnread) return true
    isUnread = true
    if (waiting.push(read) === 1) setImmediate(readSome)
    return true
  }
  socket.destroy = (error?: NodeJS.ErrnoException) => {
    // A reset, say, which came after what waits. It is undici that destroys without a system call,
    // and of a destroyed socket it takes nothing more.
    if (error?.syscall !== undefined) read()
    return destroy(error)
  }
}

function readSome(): void {
  for (let some = Math.ceil(waiting.length * PART); some > 0; some--) waiting.shift()!()
  if (waiting.length > 0) setImmediate(readSome)
}
