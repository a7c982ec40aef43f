/** Whether an object or array of JSON is not closed. */
export function isOpenJson(text: string): boolean {
  let depth = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!
    if (inString) {
      if (character === '\\') i += 1
      else if (character === '"') inString = false
    } else if (character === '"') inString = true
    else if ('{['.includes(character)) depth += 1
    else if ('}]'.includes(character)) depth -= 1
  }
  return depth > 0
}
