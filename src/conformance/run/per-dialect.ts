import type { Dialect } from '../../protocol/index.ts'

/** Makes something for each dialect that is asked for, once. */
export function perDialect<Made>(make: (dialect: Dialect) => Made): (dialect: Dialect) => Made {
  const known = new Map<Dialect, Made>()
  return (dialect) => {
    let made = known.get(dialect)
    if (made === undefined) known.set(dialect, (made = make(dialect)))
    return made
  }
}
