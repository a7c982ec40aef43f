/** No digit, and no word whose case is mixed as none is: `tEst`, `ABc`. */
const UNUSUAL = /[0-9]|[a-z][A-Z]|[A-Z]{2}[a-z]/

/** Whether a text may as well be words, which stand in many texts that tell no secret. */
export function isOrdinary(text: string): boolean {
  return !UNUSUAL.test(text)
}
