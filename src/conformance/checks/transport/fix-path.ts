import { chat } from '../../../protocol/index.ts'

/** What to do about a 404, given the URL that was asked; that of a recording may be none. */
export function fixPath(url = ''): string {
  const [path = ''] = url.replace(ORIGIN, '').split(/[?#]/)
  return /\/v\d+\w*\//.test(path)
    ? 'Look in your server log for the path that was asked, and for the routes there are; the name of the model may be wrong, too.'
    : `Most servers answer at /v1${chat.path}: give a URL that ends in /v1. Otherwise look in your server log for the path that was asked.`
}

const ORIGIN = /^\w+:\/\/[^/?#]*/
