import { BudgetError } from './budget.ts'
import { errorReply } from './error-reply.ts'
import type { Model } from './model.ts'

/** A model that refuses what would cost more than one request may, as an API does. */
export function refusingExcess(model: Model): Model {
  return async (request, context) => {
    try {
      return await model(request, context)
    } catch (error) {
      if (error instanceof BudgetError) return errorReply(error.apiError)
      throw error
    }
  }
}
