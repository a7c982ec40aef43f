import type { ApiError } from '../../protocol/index.ts'

/** A schema for which no value is found; `param` names the keyword that is to blame. */
export class UnmetSchemaError extends Error {
  override readonly name = 'UnmetSchemaError'
  readonly param: string
  /** JSON Pointer to what could not be made; not known where it is thrown. */
  path: string | undefined

  /** @param reason What is wrong with the keyword: "refers to nothing". */
  constructor(param: string, reason: string) {
    super(`Invalid schema: "${param}" ${reason}.`)
    this.param = param
  }

  get apiError(): ApiError {
    const { message, param } = this
    const code = /\.parameters\b/.test(param) ? 'invalid_function_parameters' : undefined
    return { status: 400, message, param, ...(code && { code }) }
  }
}
