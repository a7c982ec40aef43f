/** What to do about a 404, given the URL that was asked. */
export function fixPath(url: string | undefined): string {
  const isVersioned = url !== undefined && /\/v\d+\w*\//.test(new URL(url).pathname)
  return isVersioned
    ? 'Look in your server log for the path that was asked, and for the routes there are; the name of the model may be wrong, too.'
    : 'Most servers answer at /v1/chat/completions: give a URL that ends in /v1. Otherwise look in your server log for the path that was asked.'
}
