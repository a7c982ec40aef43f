import type { CheckOptions } from '../src/conformance/index.ts'

/** Times that even a busy machine keeps: how fast it is, is not the question. */
export const UNHURRIED = {
  firstContentMs: 10_000,
  cascadeMs: 15_000,
  firstSentenceMs: 15_000,
  lateSentenceMs: 15_000,
  maxGapMs: 10_000,
  underrunMs: 10_000,
  heldBackMs: 10_000,
  toolCallReadyMs: 15_000,
  coldStartRatio: 1_000,
} satisfies CheckOptions['limits']
