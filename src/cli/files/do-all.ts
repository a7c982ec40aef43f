import { SoundcheckError } from '../../conformance/index.ts'

/**
 * Does one deed after the other; that one cannot be done does not cost those that follow.
 *
 * @throws what the only one threw that failed; a SoundcheckError that tells of all where several did.
 */
export async function doAll(deeds: readonly (() => unknown)[]): Promise<void> {
  const errors: Error[] = []
  for (const deed of deeds) {
    try {
      await deed()
    } catch (error) {
      errors.push(error as Error)
    }
  }
  const bug = errors.find((error) => !(error instanceof SoundcheckError))
  if (bug ?? errors.length === 1) throw bug ?? errors[0]
  if (errors.length === 0) return
  throw new SoundcheckError('INVALID_INPUT', errors.map(({ message }) => message).join('; '))
}
