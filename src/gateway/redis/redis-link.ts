import type { Redis } from 'ioredis'
import { SoundcheckError } from '../../endpoint/index.ts'

export interface RedisOptions {
  /** `redis://[user:password@]host[:port][/database]`, or `rediss://`. */
  readonly url: string
  /**
   * What becomes of limits while it cannot be reached: whether requests are let through, or refused.
   *
   * @defaultValue 'open'
   */
  readonly down?: 'open' | 'closed'
}

/** Longer than that, an answer without Redis is worth more than one with it. */
const COMMAND_MS = 200

/** A connection that comes back by itself. */
export interface RedisLink {
  readonly redis: Redis
  readonly down: 'open' | 'closed'
  close(): void
}

/**
 * Connects to Redis, or Valkey; resolves, too, where it is not there yet. While it cannot be reached,
 * commands fail at once.
 *
 * @param tell Told when it goes, and when it returns; once each.
 * @throws SoundcheckError where its client is not installed, or the URL is none.
 */
export async function connectRedis(
  { url, down = 'open' }: RedisOptions,
  tell: (message: string) => void,
): Promise<RedisLink> {
  if (!/^rediss?:$/.test(URL.parse(url)?.protocol ?? '')) {
    throw new SoundcheckError('INVALID_INPUT', 'the URL of Redis has to begin with redis://')
  }
  const redis = new (await loadClient())(url, {
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    commandTimeout: COMMAND_MS,
    // One that accepts and says nothing would cost each command its whole time.
    socketTimeout: COMMAND_MS,
    connectTimeout: 1_000,
    retryStrategy: (attempt) => Math.min(attempt * 50, 1_000),
  })
  const stop = tellOfAbsence(redis, tell)
  // Limits hold from the first request on, where it is there.
  await new Promise<void>((resolve) => {
    redis.once('ready', resolve)
    redis.once('close', resolve)
  })
  return {
    redis,
    down,
    close() {
      stop()
      redis.disconnect()
    },
  }
}

async function loadClient(): Promise<typeof Redis> {
  try {
    return (await import('ioredis')).Redis
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error
    throw new SoundcheckError(
      'INVALID_INPUT',
      'Redis needs the package ioredis, which is not installed: npm install ioredis',
    )
  }
}

/** Gives what ends it. */
function tellOfAbsence(redis: Redis, tell: (message: string) => void): () => void {
  let state: 'unknown' | 'here' | 'gone' | 'given up' = 'unknown'
  const gone = (why: string) => {
    if (state === 'gone' || state === 'given up') return
    state = 'gone'
    tell(`Redis cannot be reached (${why})`)
  }
  // Without a listener, ioredis would write each of them to the console.
  redis.on('error', ({ code, name }: NodeJS.ErrnoException) => gone(code ?? name))
  redis.on('close', () => gone('the connection was closed'))
  redis.on('ready', () => {
    if (state === 'gone') tell('Redis is back')
    state = 'here'
  })
  return () => (state = 'given up')
}
