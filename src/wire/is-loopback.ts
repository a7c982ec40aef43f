const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|localhost|::1|\[::1\]|::ffff:127\.\d+\.\d+\.\d+)$/i

/** Whether a host is this machine, which no other can reach by it. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host)
}
