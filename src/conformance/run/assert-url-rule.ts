import { endsIn, SoundcheckError } from '../../endpoint/index.ts'
import type { Dialect } from '../../protocol/index.ts'
import type { Profile } from '../profiles/define-profile.ts'

/**
 * Holds a server URL to what the platform accepts.
 *
 * @throws SoundcheckError for a URL that the platform would post to in vain.
 */
export function assertUrlRule(
  serverUrl: string,
  { platform, url }: Profile,
  { path }: Dialect,
): void {
  if (url === 'base' || endsIn(new URL(serverUrl), path)) return
  throw new SoundcheckError(
    'INVALID_INPUT',
    `${platform} posts to the URL as it is: give the whole one, ending in ${path}`,
  )
}
