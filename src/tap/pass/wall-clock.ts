/** The time of day, in ISO 8601; it never goes back, whoever sets the clock: exchanges are put in order by it. */
export function wallClock(): string {
  return new Date(performance.timeOrigin + performance.now()).toISOString()
}
