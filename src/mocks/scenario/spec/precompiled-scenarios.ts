import { compileOwn } from '../../../protocol/index.ts'
import { scenariosSchema } from './scenario-schema.ts'

/** The validator of scenarios; in what is built it is compiled already. */
export const validate = compileOwn(scenariosSchema)
