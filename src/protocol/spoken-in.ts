import { type HttpRequest, pathOf } from '../wire/index.ts'
import { chat } from './chat/chat.ts'
import { dialectAt } from './dialect-at.ts'
import type { Dialect } from './dialect.ts'
import { dialects } from './dialects.ts'
import { responses } from './responses/responses.ts'

/** What stands in events of the Responses API, or in a response, and nowhere in a chunk but escaped. */
const OF_RESPONSES = /"type"\s*:\s*"response\.\w|"object"\s*:\s*"response"/

/** In which dialect an answer was asked for: what its path tells; where that is not known, what it says. */
export function spokenIn(
  request: Pick<HttpRequest, 'url'> | undefined,
  opening: () => string,
): Dialect {
  const told = request && dialectAt(pathOf(request.url), dialects)
  return told ?? (OF_RESPONSES.test(opening()) ? responses : chat)
}
