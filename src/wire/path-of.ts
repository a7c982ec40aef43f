/** The path of a URL, or of a request line, without the origin and the query; any text has one. */
export function pathOf(url: string): string {
  return url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*|[?#;].*$/gis, '')
}
