/** Keeps this thread from doing anything else, for so many milliseconds. */
export function holdUp(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until);
}
