/** What platforms put where a voice was cut off. */
const CUT_MARKS = /(?:\s*(?:\.{3,}|…|—|--|\[interrupted\]))+\s*$/iu

/** Whether a history holds only the beginning of what was answered. */
export function wasCutShort(answered: string, inHistory: string): boolean {
  const [whole, part] = [answered, inHistory.replace(CUT_MARKS, '')].map(lettersOf)
  return part!.length < whole!.length && whole!.startsWith(part!)
}

/** Platforms put spaces and marks anew. */
export function lettersOf(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join('')
}
