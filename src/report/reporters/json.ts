import { jsonText } from '../text/json-text.ts'
import type { Reporter } from '../reporter.ts'

/** The report itself. Its JSON Schemas are `check-report` and `lint-report`. */
export const json: Reporter = (report) => jsonText(report, 2)
