import { compileOwn } from '../json/compile-own.ts'
import { chatCompletionSchema } from './chat-completion.ts'

/** The validator of completions; in what is built it is compiled already. */
export const validate = compileOwn(chatCompletionSchema)
