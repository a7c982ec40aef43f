import { isJsonObject, type Json } from '../../../protocol/index.ts'
import { type Filling, template } from './template.ts'

/** Fills in each string by itself, so that what is filled in can break no JSON. */
export function compileValue(value: Json): (filling: Filling) => Json {
  if (typeof value === 'string') return template(value).render
  if (Array.isArray(value)) {
    const items = value.map(compileValue)
    return (filling) => items.map((item) => item(filling))
  }
  if (!isJsonObject(value)) return () => value
  const members = Object.entries(value).map(([key, member]) => [key, compileValue(member)] as const)
  return (filling) => Object.fromEntries(members.map(([key, member]) => [key, member(filling)]))
}
