import type { Finding } from '../../conformance/index.ts'
import { excerptLines } from '../text/excerpt.ts'
import { codeBlock } from './escape-markdown.ts'

const WIDTH = 100

/** What a finding is about: its line of the stream with a caret, or else what was seen; or nothing. */
export function findingEvidence(finding: Finding): string[] {
  const excerpt = excerptLines(finding, WIDTH)
  if (excerpt.length > 0) return [codeBlock(excerpt)]
  return finding.actual === null ? [] : [codeBlock([finding.actual])]
}
