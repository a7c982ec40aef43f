import { SoundcheckError } from '../../endpoint/index.ts'
import type { Profile } from '../profiles/define-profile.ts'

/**
 * Holds a server URL to what the platform accepts.
 *
 * @throws SoundcheckError for a URL that the platform would post to in vain.
 */
export function assertUrlRule(serverUrl: string, { platform, url }: Profile): void {
  if (url === 'base' || /\/chat\/completions\/?$/.test(new URL(serverUrl).pathname)) return
  throw new SoundcheckError(
    'INVALID_INPUT',
    `${platform} posts to the URL as it is: give the whole one, ending in /chat/completions`,
  )
}
