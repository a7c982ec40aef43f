/** What a method makes up without arguments; `undefined` for nothing. */
export function valueMadeUp(method: () => unknown): unknown {
  try {
    const value = method()
    return Array.isArray(value) && value.every((item) => item === undefined) ? undefined : value
  } catch {
    return undefined
  }
}
