import type { Json } from '../../protocol/index.ts'
import type { Facts } from './synthesis-state.ts'

/** What a schema itself gives as an example, or takes by default. */
export function hintsOf<T extends Json>(facts: Facts, isWanted: (value: Json) => value is T): T[] {
  return facts.flatMap(({ schema }) => {
    const { examples, default: usual } = schema
    const all = [...(Array.isArray(examples) ? examples.slice(0, 1) : []), usual]
    return all.filter((each): each is T => each !== undefined && isWanted(each))
  })
}
