import type { Group } from '../group.ts'
import done from './done.ts'
import doneOnce from './done-once.ts'
import eventAfterDone from './event-after-done.ts'
import dataIsJson from './data-is-json.ts'
import eventTerminated from './event-terminated.ts'
import bareJsonLines from './bare-json-lines.ts'
import unknownField from './unknown-field.ts'
import emptyData from './empty-data.ts'
import commentAsData from './comment-as-data.ts'
import eventName from './event-name.ts'
import idRetryFields from './id-retry-fields.ts'
import bom from './bom.ts'
import utf8 from './utf8.ts'
import multiLineData from './multi-line-data.ts'
import doneInResponses from './in-responses/done.ts'

export const sse: Group = {
  id: 'sse',
  checks: [
    done,
    doneInResponses,
    doneOnce,
    eventAfterDone,
    dataIsJson,
    eventTerminated,
    bareJsonLines,
    unknownField,
    emptyData,
    commentAsData,
    eventName,
    idRetryFields,
    bom,
    utf8,
    multiLineData,
  ],
}
