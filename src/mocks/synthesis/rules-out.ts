import { isJsonObject, type Json } from '../../protocol/index.ts'
import type { Facts } from './synthesis-state.ts'

/** Whether a value is one that `not` names. */
export function rulesOut(facts: Facts, value: Json): boolean {
  return facts.some(({ schema: { not } }) => {
    if (!isJsonObject(not)) return false
    const { const: one, enum: several } = not
    return one === value || (Array.isArray(several) && several.includes(value))
  })
}
