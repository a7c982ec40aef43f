import type { Target } from './resolve-target.ts'

/** What a report says of the proxy on the way to an endpoint, as JSON Schema. */
export const proxySchema = {
  type: 'object',
  description: 'The proxy that the requests went through; absent where there was none.',
  required: ['url', 'from'],
  properties: {
    url: { type: 'string', description: 'Without user and password.' },
    from: { type: 'string', description: 'What named it: --proxy, HTTPS_PROXY or HTTP_PROXY.' },
  },
} as const

/** What a report says of the proxy on the way to an endpoint: nothing, where there is none. */
export function shownProxy({ proxy }: Target): { proxy?: { url: string; from: string } } {
  return proxy ? { proxy: { url: proxy.url, from: proxy.from } } : {}
}
