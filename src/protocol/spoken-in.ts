import { type Exchange, pathOf, sliceArrivals } from '../wire/index.ts'
import { chat } from './chat/chat.ts'
import { dialectAt } from './dialect-at.ts'
import type { Dialect } from './dialect.ts'
import { dialects } from './dialects.ts'
import { responses } from './responses/responses.ts'

// Within the text of an answer, quotes are escaped.
const OF_RESPONSES = /"type"\s*:\s*"response\.\w|"object"\s*:\s*"response"/
const OF_CHAT = /"choices"\s*:/

/** As much of a body shows what it is. */
const OPENING = 4_096

/** In which dialect an answer was asked for: what the path tells; where that is not known, what it says. */
export function spokenIn({ request, arrivals, decoded }: Exchange): Dialect {
  return (
    dialectAt(pathOf(request.url), dialects) ??
    spokenInBody(sliceArrivals(decoded ?? arrivals, 0, OPENING))
  )
}

const utf8 = new TextDecoder()

/** In which dialect an answer is of which nothing but the body is known. */
export function spokenInBody(body: Uint8Array): Dialect {
  const opening = utf8.decode(body.subarray(0, OPENING))
  // Most are of chat, which their beginning shows.
  return !OF_CHAT.test(opening) && OF_RESPONSES.test(opening) ? responses : chat
}
