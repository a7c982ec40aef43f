import {
  type Dialect,
  dialectAt,
  dialects,
  isJsonObject,
  type JsonObject,
  parseJson,
  type Piece,
  pointerPath,
  type Reading,
  type Spot,
  toolsByName,
} from '../../protocol/index.ts'
import {
  type Frame,
  type HttpRequest,
  isTerminator,
  pathOf,
  type Tamper,
} from '../../wire/index.ts'
import type { Draft } from './draft.ts'
import { editFrames } from './edit-frames.ts'

type Parameters = JsonObject | undefined

/** Faults in what replies say, in whichever of some dialects the path of a request is one of. */
export function editorsIn(spoken: readonly Dialect[]) {
  const change = (edit: Edit): Tamper => rewrite(spoken, changing(edit))
  return {
    /** Edits each piece of text; told its place, and how many there are. */
    editText: (edit: EditText) => change(texts(edit)),
    /** Edits each finish reason; told in the words of chat completions, written as it is given. */
    editFinishReason: (edit: (reason: string) => unknown) => change(finishReasons(edit)),
    /** Gives each tool call other arguments, told the tool it calls; they arrive with its first piece. */
    editArguments: (edit: (args: string, parameters: Parameters) => unknown) =>
      change(callArguments(edit)),
    /** Puts pieces of text before the text of each choice that has some. */
    sayFirst: (...pieces: readonly string[]) => rewrite(spoken, saying(pieces)),
    /** Puts frames after the terminator. */
    insertAfterDone: (...frames: readonly Frame[]) => insertAfterTerminator(spoken, frames),
  }
}

export const { editText, editFinishReason, editArguments, sayFirst, insertAfterDone } =
  editorsIn(dialects)

/** What becomes of the data of each event of a reply, which may be copied. */
type Rewrite = (
  reading: Reading,
  asked: JsonObject,
) => (data: string, event: number) => readonly string[]

/** What stands elsewhere in a reply; told what was asked, in the words of chat completions. */
type Edit = (reading: Reading, asked: JsonObject) => readonly Change[]

type EditText = (text: string, index: number, count: number) => unknown

/** Another value for a place. */
interface Change extends Spot {
  readonly value: unknown
}

function dialectOf({ url }: HttpRequest, spoken: readonly Dialect[]): Dialect | undefined {
  return dialectAt(pathOf(url), spoken)
}

function rewrite(spoken: readonly Dialect[], rewriteReply: Rewrite): Tamper {
  return editFrames((frames, request) => {
    const dialect = dialectOf(request, spoken)
    if (!dialect) return frames
    const events = frames.flatMap((frame) =>
      frame.kind === 'event' ? { name: frame.event, data: frame.data } : [],
    )
    const body = parseJson(request.body ?? '')
    const asked = dialect.inChatWords(isJsonObject(body) ? body : {})
    const rewriteEvent = rewriteReply(dialect.readReply(events), asked)
    const number = (dialect.number ?? ((data: string) => data)).bind(dialect)
    let [event, written] = [0, 0]
    return frames.flatMap((frame): Frame | Frame[] =>
      frame.kind === 'event'
        ? rewriteEvent(frame.data, event++).map((data) => ({
            ...frame,
            data: number(data, written++),
          }))
        : frame,
    )
  })
}

function insertAfterTerminator(spoken: readonly Dialect[], inserted: readonly Frame[]): Tamper {
  return editFrames((frames, request) => {
    const dialect = dialectOf(request, spoken)
    const end = frames.findIndex(
      (frame) => dialect && frame.kind === 'event' && isTerminator(dialect.terminator, frame),
    )
    return end < 0 ? frames : frames.toSpliced(end + 1, 0, ...inserted)
  })
}

function changing(edit: Edit): Rewrite {
  return (reading, asked) => {
    const changes = Map.groupBy(edit(reading, asked), ({ event }) => event)
    return (data, event) => [withValues(data, changes.get(event) ?? [])]
  }
}

/** What is said again, is said again as it was edited. */
function texts(edit: EditText): Edit {
  return ({ pieces, copies = [] }) => {
    const said = pieces.filter((piece) => piece.kind === 'text')
    const values = new Map<Piece, unknown>(
      said.map((piece, i) => [piece, edit(piece.text, i, said.length)]),
    )
    return [
      ...Array.from(values, ([piece, value]) => ({ ...piece, value })),
      ...copies.flatMap(({ of, ...spot }) =>
        Array.isArray(of) ? { ...spot, value: joined(of.map((piece) => values.get(piece))) } : [],
      ),
    ]
  }
}

/** One that is no text stays what it is. */
function joined(values: readonly unknown[]): unknown {
  const odd = values.find((value) => typeof value !== 'string')
  return odd === undefined ? values.join('') : odd
}

/** A reason that stays is not written: a dialect may have another word for it. */
function finishReasons(edit: (reason: string) => unknown): Edit {
  return ({ pieces }) =>
    pieces.flatMap((piece) => {
      if (piece.kind !== 'finish' || piece.reason === undefined) return []
      const value = edit(piece.reason)
      return value === piece.reason ? [] : { ...piece, value }
    })
}

function callArguments(edit: (args: string, parameters: Parameters) => unknown): Edit {
  return ({ pieces, calls, copies = [] }, asked) => {
    const tools = toolsByName(asked)
    return calls.flatMap((call) => {
      const parameters = tools.get(call.name ?? '')?.['parameters']
      const value = edit(call.arguments, isJsonObject(parameters) ? parameters : undefined)
      const again = copies.filter(({ of }) => of === call)
      // What only opens a call has no place for arguments.
      const isCopy = ({ event, path }: Spot) =>
        path === '' || again.some((copy) => copy.event === event && copy.path === path)
      const told = pieces.filter((piece) => piece.kind === 'call' && piece.call === call)
      return [
        ...told
          .filter((piece) => !isCopy(piece))
          .map((piece, i) => ({ ...piece, value: i === 0 ? value : '' })),
        ...again.map((copy) => ({ ...copy, value })),
      ]
    })
  }
}

/** Copies the event with which a choice begins to speak; what else that says, it says as often. */
function saying(said: readonly string[]): Rewrite {
  return ({ pieces, copies = [] }) => {
    const begun = new Set<number>()
    const openings = pieces.filter((piece) => {
      if (piece.kind !== 'text' || begun.has(piece.choice)) return false
      begun.add(piece.choice)
      return true
    })
    const byEvent = Map.groupBy(openings, ({ event }) => event)
    const again = copies.filter(({ of }) =>
      openings.some((opening) => Array.isArray(of) && of.includes(opening)),
    )
    return (data, event) => {
      const places = byEvent.get(event)
      if (!places) {
        const longer = again.filter((copy) => copy.event === event)
        return [
          withValues(
            data,
            longer.map((copy) => ({ ...copy, value: said.join('') + copy.value })),
          ),
        ]
      }
      const added = said.map((value) =>
        withValues(
          data,
          places.map((place) => ({ ...place, value })),
        ),
      )
      return [...added, data]
    }
  }
}

/** JSON with other values at some places, whose parents it has. */
function withValues(data: string, changes: readonly Change[]): string {
  if (changes.length === 0) return data
  const json: Draft = JSON.parse(data)
  for (const { path, value } of changes) {
    const keys = pointerPath(path)
    const parent = keys.slice(0, -1).reduce((at, key) => at?.[key], json)
    if (parent) parent[keys.at(-1)!] = value
  }
  return JSON.stringify(json)
}
