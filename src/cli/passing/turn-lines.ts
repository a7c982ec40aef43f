import type { CheckFinding, Exchange } from '../../conformance/index.ts'
import type { ConversationTurn } from '../../tap/index.ts'
import { clip, pathOf } from '../../wire/index.ts'
import { inColumns } from './in-columns.ts'

/** In how many exchanges a check found something. */
export interface Count {
  readonly check: string
  readonly found: number
  /** How many of them were told of. */
  readonly told: number
  /** In which they were; 0 where none was a turn of one. */
  readonly conversations: number
}

const MAX_NAME = 24
/** Shorter silences are pauses for breath. */
const LEAST_DEAD_AIR_MS = 100
/** Under the time of day. */
const INDENT = ' '.repeat(10)

/** Tells of an exchange in a line: which turn it is, and what the caller heard when. */
export function turnLine(
  { startedAt, request, response, end }: Exchange,
  turn: ConversationTurn | undefined,
  width: number,
): string {
  const parts = [
    clockOf(startedAt),
    ...(turn ? [`${clip(turn.conversation, MAX_NAME)} turn ${turn.number}`] : []),
    ...(turn ? unusual(turn) : []),
    turn ? '' : `${request.method} ${pathOf(request.url)}`,
    String(response?.status ?? 'no answer'),
    ...(turn ? heardWords(turn) : []),
    `${seconds(end.atMs)} in all`,
    end.how === 'complete' ? '' : endWords(end),
  ]
  return inColumns(parts.filter((part) => part !== '').join('  '), width)
}

/** Tells of a finding, under the line of its exchange. */
export function findingLine({ check, finding }: CheckFinding, width: number): string {
  const mark = finding.severity === 'error' ? 'x' : finding.severity === 'warning' ? '!' : 'i'
  return inColumns(`${INDENT}${mark} ${check}  ${finding.message}`, width)
}

/** Tells of a turn in whose place the history has other words, under the line of the one that says so. */
export function replacedLine({ number }: ConversationTurn, width: number): string {
  const seen = `i turn ${number} was not what the caller heard: the history has other words for it`
  return inColumns(`${INDENT}${seen}`, width)
}

/** Tells what an earlier turn was, under the line of the one that shows it; `undefined` for an ordinary one. */
export function earlierLine(turn: ConversationTurn, width: number): string | undefined {
  const was = [...unusual(turn), ...(turn.isInterrupted ? ['interrupted'] : [])].join(', ')
  return was === '' ? undefined : inColumns(`${INDENT}i turn ${turn.number} was ${was}`, width)
}

/** The name of a turn that is no ordinary one. */
function unusual({ name }: ConversationTurn): string[] {
  return name === 'turn' ? [] : [name]
}

/** Tells how often a check found something, and where. */
export function countLine({ check, found, conversations }: Count, width: number): string {
  const where =
    conversations === 0
      ? 'outside conversations'
      : `in ${conversations} conversation${conversations === 1 ? '' : 's'}`
  return inColumns(`  ${check}  ${found} times  ${where}`, width)
}

function heardWords({
  firstContentMs,
  firstSentenceMs,
  deadAirMs,
  isInterrupted,
}: ConversationTurn): string[] {
  return [
    firstContentMs === null ? '' : `first content ${Math.round(firstContentMs)} ms`,
    firstSentenceMs === null ? '' : `sentence ${Math.round(firstSentenceMs)} ms`,
    deadAirMs < LEAST_DEAD_AIR_MS ? '' : `dead air ${seconds(deadAirMs)}`,
    isInterrupted ? 'interrupted' : '',
  ]
}

function endWords(end: Exchange['end']): string {
  if (end.how === 'aborted') return 'the client left'
  return end.how === 'failed' ? `broke off (${end.code})` : end.how
}

function clockOf(startedAt: string): string {
  return new Date(startedAt).toTimeString().slice(0, 8)
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
