import { SoundcheckError } from '../../endpoint/index.ts'

/** Turns the failure to bind an address into a usage error that names it; gives others as they are. */
export function cannotListen(error: unknown, host: string, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (error instanceof SoundcheckError || code === undefined) return error
  const why =
    code === 'EADDRINUSE'
      ? 'the port is in use; choose another with --port, or 0 for any free one'
      : code
  return new SoundcheckError('INVALID_INPUT', `cannot listen on ${host}:${port}: ${why}`)
}
