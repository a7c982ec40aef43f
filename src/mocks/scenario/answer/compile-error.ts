import { compileValue } from './compile-value.ts'
import type { ErrorSpec } from '../spec/scenario.ts'
import { type Filling, template } from './template.ts'

/** Compiles what an error says; the rest of it is for programs, and stays as it is. */
export function compileError({
  message,
  body,
  ...rest
}: ErrorSpec): (filling: Filling) => ErrorSpec {
  const texts = message === undefined ? undefined : template(message)
  const value = body === undefined ? undefined : compileValue(body)
  return (filling) => ({
    ...rest,
    ...(texts && { message: texts.render(filling) }),
    ...(value && { body: value(filling) }),
  })
}
