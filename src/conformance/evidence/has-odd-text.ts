import type { ReplyEvidence } from './reply-evidence.ts'

/**
 * What no plain sentence has: signs other than its marks, line breaks, a run of digits, marks or capitals
 * within a word, an endless word; and letters that are bytes of UTF-8, or glyphs of a tokenizer.
 */
const ODD =
  /[^\p{L}\d ,.;:!?'’"“”–—-]|\d\d|[.!?][\p{L}.]|[a-z][A-Z]|(?<!\p{L})\p{L}{31}|[À-ÿ][\u0080-\u00BFŒœŠšŸŽžƒˆ˜\u2013-\u2122]|[ĠĊĢŁ]/u
/** Words of software and of models that think aloud, and the start of addresses and of bytes in Python. */
const ODD_WORD =
  /error|exception|traceback|unavailable|gateway|too many|upstream|agent stopped|object|\b(?:undefined|null|nan|none)|the (?:user|caller)|analysis|assistant|\bwww\b|\bb'/i

/** Whether a text has anything but words, in sentences. */
export function hasOddText({ texts }: Pick<ReplyEvidence, 'texts'>): boolean {
  return texts.some(({ text }) => ODD.test(text) || !/\p{L}/u.test(text) || ODD_WORD.test(text))
}
