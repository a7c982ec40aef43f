import { SoundcheckError } from '../../conformance/index.ts'
import { whyNoAccess } from './why-no-access.ts'

/** Turns the failure to write a file or make a folder into a usage error that names it. */
export function cannotWrite(path: string) {
  return (error: Error): never => {
    throw new SoundcheckError('INVALID_INPUT', `cannot write to "${path}": ${whyNoAccess(error)}`)
  }
}
