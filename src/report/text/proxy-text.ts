interface Target {
  readonly proxy?: { readonly url: string; readonly from: string }
}

/** Says through what an endpoint was reached; '' where nothing was between. */
export function proxyText({ proxy }: Target): string {
  return proxy ? `through the proxy ${proxy.url} (${proxy.from})` : ''
}
