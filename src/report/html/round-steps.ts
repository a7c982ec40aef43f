const STEPS = [1, 2, 5, 10]

/** Round numbers from 0 up to a maximum, about five of them: where an axis has its marks. */
export function roundSteps(max: number): number[] {
  const magnitude = 10 ** Math.floor(Math.log10(max / 5))
  const step = magnitude * STEPS.find((each) => max / (each * magnitude) <= 5)!
  return Array.from({ length: Math.floor(max / step) + 1 }, (_, i) => i * step)
}
