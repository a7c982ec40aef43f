import type { Group } from '../group.ts'
import previousResponseId from './previous-response-id.ts'
import previousUnknown from './previous-unknown.ts'
import previousForks from './previous-forks.ts'
import toolResultAfterPrevious from './tool-result-after-previous.ts'
import instructionsNotCarried from './instructions-not-carried.ts'
import retrieve from './retrieve.ts'
import storeFalseNotKept from './store-false-not-kept.ts'
import deletion from './delete.ts'

export const state: Group = {
  id: 'state',
  checks: [
    previousResponseId,
    previousUnknown,
    previousForks,
    toolResultAfterPrevious,
    instructionsNotCarried,
    retrieve,
    storeFalseNotKept,
    deletion,
  ],
}
