import { chatRequestSchema } from '../../chat-request.ts'
import { compileOwn } from '../../json/compile-own.ts'

/** The validator of requests; in what is built it is compiled already. */
export const validate = compileOwn(chatRequestSchema)
