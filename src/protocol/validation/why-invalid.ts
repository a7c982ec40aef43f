import type { Violation } from '../json/violation.ts'
import { emptyArray } from './empty-array.ts'
import type { ApiError } from '../error-reply.ts'

/** Says, as OpenAI does where it has words for it, how a request breaks its schema. */
export function whyInvalid(violations: readonly Violation[]): ApiError | undefined {
  const violation = violations.find((each) => !isOfOtherForm(each, violations))
  if (!violation) return undefined
  const { path, message, missing, schemaPath } = violation
  if (missing !== undefined) {
    const param = paramOf(`${path}/${missing}`)
    return {
      status: 400,
      message: `Missing required parameter: '${param}'.`,
      param,
      code: 'missing_required_parameter',
    }
  }
  const param = paramOf(path)
  if (schemaPath.endsWith('/minItems')) return emptyArray(param)
  return path === ''
    ? { status: 400, message: `The request ${message}.` }
    : { status: 400, message: `"${path}" ${message}.`, param }
}

const FORM = /^(.*\/anyOf\/)\d+\/(?:type|enum)$/

/** Whether it only says that a value has not this form, where it has another one, with a fault. */
function isOfOtherForm({ schemaPath }: Violation, all: readonly Violation[]): boolean {
  const forms = FORM.exec(schemaPath)?.[1]
  return (
    forms !== undefined &&
    all.some((other) => other.schemaPath.startsWith(forms) && !FORM.test(other.schemaPath))
  )
}

/** Writes a JSON Pointer as OpenAI does: `messages[0].role`. */
function paramOf(pointer: string): string {
  return pointer
    .slice(1)
    .replaceAll(/\/(\d+)(?=\/|$)/g, '[$1]')
    .replaceAll('/', '.')
}
