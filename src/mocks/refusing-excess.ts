import type { AnyReply, Reply } from '../wire/index.ts'
import { BudgetError } from './effort/budget.ts'
import { errorReply } from '../protocol/index.ts'
import type { Model } from './model.ts'
import { UnmetSchemaError } from './synthesis/unmet-schema-error.ts'

/** A model that refuses, as an API does, what would cost too much, and schemas that it cannot satisfy. */
export function refusingExcess<Answer extends AnyReply>(
  model: Model<Answer>,
): Model<Answer | Reply> {
  return async (request, context) => {
    try {
      return await model(request, context)
    } catch (error) {
      if (error instanceof BudgetError || error instanceof UnmetSchemaError) {
        return errorReply(error.apiError)
      }
      throw error
    }
  }
}
