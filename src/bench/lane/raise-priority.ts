import { availableParallelism, constants, setPriority } from 'node:os'

/**
 * Lets this thread run as soon as it has something to stamp, where the system allows it: garbage
 * collection and the main thread otherwise hold it up for milliseconds at a time.
 */
export function raisePriority(): void {
  // Elsewhere it would be the priority of the whole process. With one core, it would be taken from
  // a server on the same machine.
  if (process.platform !== 'linux' || availableParallelism() === 1) return
  try {
    setPriority(0, constants.priority.PRIORITY_ABOVE_NORMAL)
  } catch {
    // Most users may not; stamps are then a little later, and the calibration says by how much.
  }
}
