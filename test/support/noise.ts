/** Two characters without a pattern, the same each time. */
export function noise(count: number, characters: string, seed = 1): string {
  let last = seed
  const next = () => (last = (last * 16_807) % 2_147_483_647)
  return Array.from({ length: count }, () => characters.charAt(next() % 2)).join('')
}
