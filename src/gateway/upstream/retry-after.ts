/** How long an upstream wants to be left alone, in milliseconds, by its headers. */
export function retryAfterMs(
  headerOf: (name: string) => string | null | undefined,
  now = Date.now(),
): number | undefined {
  const exact = headerOf('retry-after-ms')
  if (exact && /^\d+(?:\.\d+)?$/.test(exact)) return Number(exact)
  const told = headerOf('retry-after')
  if (!told) return undefined
  if (/^\d+(?:\.\d+)?$/.test(told)) return Number(told) * 1000
  const at = Date.parse(told)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}
