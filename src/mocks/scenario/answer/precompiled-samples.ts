import type { JsonObject } from '../../../protocol/index.ts'
import { samplesOfFaker } from './samples-of-faker.ts'

let made: JsonObject | undefined

/** What faker makes up, in outline; in what is built it is written down already. */
export const samples = (): JsonObject => (made ??= samplesOfFaker())
