import type { JsonObject } from '../../../protocol/index.ts'
import type { Note } from './taken.ts'

/** Notes the members that nothing is made of, such as misspelt ones; comments need no note. */
export function noteLeftOut(
  members: JsonObject,
  read: readonly string[],
  note: Note,
  path = '',
): void {
  const others = Object.keys(members).filter(
    (key) => !read.includes(key) && !/^(?:[_$]|\/\/|comment$)/.test(key),
  )
  if (others.length === 0) return
  const names = others.map((key) => `${path}${key}`).join(', ')
  note(`left without ${names}, which ${others.length === 1 ? 'means' : 'mean'} nothing here`)
}
