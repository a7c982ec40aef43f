/** Those of these words that one may be a slip for: a letter too many, missing, mistaken or swapped, or another case. */
export function nearWords(word: string, words: readonly string[]): string[] {
  const plain = plainOf(word)
  return words.filter((each) => isSlip(plain, plainOf(each)))
}

function plainOf(word: string): string {
  return word.toLowerCase().replaceAll(/[-_]/g, '')
}

function isSlip(word: string, meant: string): boolean {
  if (word === meant) return true
  let same = 0
  while (word[same] === meant[same]) same++
  const [a, b] = [word.slice(same), meant.slice(same)]
  return (
    a === b.slice(1) ||
    a.slice(1) === b ||
    a.slice(1) === b.slice(1) ||
    (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2))
  )
}
