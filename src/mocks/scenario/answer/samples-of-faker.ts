import type { Json, JsonObject } from '../../../protocol/index.ts'
import { seededFaker } from '../../model/seeded-faker.ts'
import { valueMadeUp } from './value-made-up.ts'

/** As much of a text as somebody might take apart. */
const MAX_LENGTH = 8

/** What each method of faker makes up, in outline; `null` for one that makes nothing up without arguments. */
export function samplesOfFaker(): JsonObject {
  return mapped(seededFaker(0), (module) => mapped(methodsOf(module as object), outlineOf))
}

function methodsOf(module: object): object {
  return Object.fromEntries(Object.entries(module).filter(([, each]) => typeof each === 'function'))
}

/** What can be named within a value. */
function outlineOf(value: unknown): Json {
  if (typeof value === 'function') return sampleOf(value as () => unknown)
  if (typeof value === 'string') return value.slice(0, MAX_LENGTH)
  if (Array.isArray(value)) return value.map(outlineOf)
  return typeof value === 'object' ? value && mapped(value, outlineOf) : true
}

function sampleOf(method: () => unknown): Json {
  seededFaker(0)
  return outlineOf(valueMadeUp(method) ?? null)
}

function mapped(members: object, map: (member: unknown) => Json): JsonObject {
  return Object.fromEntries(Object.entries(members).map(([name, member]) => [name, map(member)]))
}
