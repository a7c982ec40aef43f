// A gateway before a language model, for `soundcheck gateway --config`.
import { modelAt } from './model-at.ts'

export default { models: { voice: [modelAt(process.env['UPSTREAM'] ?? '')] } }
