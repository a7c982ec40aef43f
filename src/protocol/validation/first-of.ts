/** What is wrong with the first item with which anything is. */
export function firstOf<Item, Wrong>(
  items: readonly Item[],
  whatIsWrong: (item: Item, index: number) => Wrong | undefined,
): Wrong | undefined {
  for (const [index, item] of items.entries()) {
    const wrong = whatIsWrong(item, index)
    if (wrong !== undefined) return wrong
  }
  return undefined
}
