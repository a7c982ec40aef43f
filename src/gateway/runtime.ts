import { type Clock, realClock, timerClock } from '../wire/index.ts'

/**
 * Whether turns that are under way at the same time can know of each other: not where requests are kept
 * apart, and what one of them waits for, another one may not bring about.
 *
 * @see https://developers.cloudflare.com/workers/observability/errors/#cannot-perform-io-on-behalf-of-a-different-request
 */
export const turnsAreTogether = globalThis.navigator?.userAgent !== 'Cloudflare-Workers'

/** For the same reason, a timer of each request's own. */
export const clock: Clock = turnsAreTogether ? realClock : timerClock
