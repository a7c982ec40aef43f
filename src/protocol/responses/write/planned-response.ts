import type { Answer } from '../../answer.ts'
import type { ChatRequest } from '../../chat-request.ts'
import type { ReplyForm } from '../../dialect.ts'
import type { JsonObject } from '../../json/json.ts'
import type { Usage } from '../../usage.ts'
import { identify, type Identity } from './identity.ts'
import { type PlannedFailure, plannedFailure } from './planned-failure.ts'
import { type PlannedItem, plannedItems, wholeItems } from './planned-items.ts'
import { type ResponseStatus, responseObject, whyIncomplete } from './response-object.ts'

/** A response before it is written. */
export interface PlannedResponse {
  readonly request: ChatRequest
  readonly identity: Identity
  readonly answer: Answer
  readonly items: readonly PlannedItem[]
  readonly usage: Usage
  /** What it ends as. */
  readonly status: ResponseStatus
  readonly failure: PlannedFailure | undefined
}

/** Plans how an answer is said. */
export function plannedResponse(answer: Answer, form: ReplyForm, usage: Usage): PlannedResponse {
  const { request } = form
  const identity = identify(form)
  const failure = form.failure && plannedFailure(form.failure)
  const isWhole = whyIncomplete(answer.finishReason) === undefined
  return {
    request,
    identity,
    answer,
    items: plannedItems(answer, identity, { isEncrypted: wantsEncrypted(request) }),
    usage,
    status: failure ? 'failed' : isWhole ? 'completed' : 'incomplete',
    failure,
  }
}

function wantsEncrypted(request: ChatRequest): boolean {
  const { include } = request as unknown as JsonObject
  return Array.isArray(include) && include.includes('reasoning.encrypted_content')
}

/** The response when it is over. */
export function wholeResponse({
  request,
  identity,
  answer,
  items,
  usage,
  status,
  failure,
}: PlannedResponse): JsonObject {
  if (failure) {
    const { code, message } = failure
    return responseObject(request, identity, { status, error: { code, message } })
  }
  const incomplete = whyIncomplete(answer.finishReason)
  const output = wholeItems(items, answer)
  return responseObject(request, identity, {
    status,
    output,
    usage,
    ...(incomplete !== undefined && { incomplete }),
  })
}
