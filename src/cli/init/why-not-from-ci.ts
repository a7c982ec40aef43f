import { isLocalHost } from '../../endpoint/index.ts'

/** Says what CI needs for a URL that leads to this machine or network only; nothing for others. */
export function whyNotFromCi(url: string): string | undefined {
  const { hostname, origin } = new URL(url)
  if (!isLocalHost(hostname)) return undefined
  return `CI runs on another machine, which cannot reach ${origin}: start the server in the pipeline, before it is checked`
}
