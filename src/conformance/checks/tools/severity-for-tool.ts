import { isJsonObject } from '../../../protocol/index.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import type { Severity } from '../../check/severity.ts'

/** Bad arguments are an error for a tool that requires some; others can be called without any. */
export function severityForTool({ offered }: Evidence, name: string | undefined): Severity {
  const parameters = offered?.get(name ?? '')?.['parameters']
  const required = isJsonObject(parameters) ? parameters['required'] : undefined
  return Array.isArray(required) && required.length > 0 ? 'error' : 'warning'
}
