import type { Group } from '../group.ts'
import statusOk from './status-ok.ts'
import contentType from './content-type.ts'
import streamFlagIgnored from './stream-flag-ignored.ts'
import streamUnasked from './stream-unasked.ts'
import noRedirect from './no-redirect.ts'
import htmlAnswer from './html-answer.ts'
import contentEncoding from './content-encoding.ts'
import bodyComplete from './body-complete.ts'
import closesAfterDone from './closes-after-done.ts'
import optionsPreflight from './options-preflight.ts'

export const transport: Group = {
  id: 'transport',
  checks: [
    statusOk,
    contentType,
    streamFlagIgnored,
    streamUnasked,
    noRedirect,
    htmlAnswer,
    contentEncoding,
    bodyComplete,
    closesAfterDone,
    optionsPreflight,
  ],
}
