/** Milliseconds of CPU that this thread has used: a busy machine adds none. */
export function cpuMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}
