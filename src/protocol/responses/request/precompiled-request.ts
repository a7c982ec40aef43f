import { compileOwn } from '../../json/compile-own.ts'
import { responsesRequestSchema } from './responses-request.ts'

/** The validator of requests; in what is built it is compiled already. */
export const validate = compileOwn(responsesRequestSchema)
