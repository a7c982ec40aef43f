import { clip } from '../../wire/index.ts'

/** GitHub refuses comments of more than 65,536 characters. */
const MAX_LENGTH = 60_000
/** For the names of what is left out. */
const RESERVE = 6_000

/** Joins the blocks of a page, as many as fit into a comment, and names those that do not. */
export function fit(blocks: readonly string[]): string {
  let room = MAX_LENGTH - RESERVE
  const [kept, left]: [string[], string[]] = [[], []]
  for (const block of blocks) {
    const length = block.length + SEPARATOR.length
    if (length > room) {
      left.push(block)
    } else {
      kept.push(block)
      room -= length
    }
  }
  return [...kept, ...(left.length > 0 ? [leftOut(left)] : [])].join(SEPARATOR)
}

const SEPARATOR = '\n\n'

/** A block is called by its heading. */
function leftOut(blocks: readonly string[]): string {
  const names = blocks.flatMap((block) => /^### (.{1,100})$/m.exec(block)?.[1] ?? [])
  const text = `### Left out\n\nThe JSON report has what is too long for a comment on GitHub: `
  const listed = clip(names.join(', '), RESERVE - text.length - 100, '')
  return `${text}${listed || `${blocks.length} sections`}.`
}
