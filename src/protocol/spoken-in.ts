import { type HttpRequest, pathOf } from '../wire/index.ts'
import { chat } from './chat/chat.ts'
import { dialectAt } from './dialect-at.ts'
import type { Dialect } from './dialect.ts'
import { dialects } from './dialects.ts'
import { responses } from './responses/responses.ts'

// Within the text of an answer, quotes are escaped.
const OF_RESPONSES = /"type"\s*:\s*"response\.\w|"object"\s*:\s*"response"/
const OF_CHAT = /"choices"\s*:/

/** In which dialect an answer was asked for: what its path tells; where that is not known, what it says. */
export function spokenIn(
  request: Pick<HttpRequest, 'url'> | undefined,
  opening: () => string,
): Dialect {
  const told = request && dialectAt(pathOf(request.url), dialects)
  if (told) return told
  const text = opening()
  return OF_RESPONSES.test(text) && !OF_CHAT.test(text) ? responses : chat
}
