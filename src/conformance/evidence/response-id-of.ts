import { isJsonObject, responses } from '../../protocol/index.ts'
import type { Evidence } from './evidence.ts'

/** The id of the response that an answer is, be it a stream or whole; `undefined` where none is told. */
export function responseIdOf(evidence: Evidence): string | undefined {
  const { dialect, json } = evidence
  if (dialect.id !== responses.id) return undefined
  const told = [
    ...evidence.responses.responses.map(({ response }) => response),
    isJsonObject(json) ? json : undefined,
  ]
  const ids = told.map((response) => response?.['id'])
  return ids.find((id) => typeof id === 'string' && id !== '') as string | undefined
}
