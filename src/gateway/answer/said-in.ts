import { isJsonObject } from '../../protocol/index.ts'
import type { Sent } from '../repair/repair.ts'

/** What the caller hears of chunks. */
export function saidIn(sent: readonly Sent[]): string {
  let text = ''
  for (const { chunk } of sent) {
    const [choice] = chunk['choices'] as readonly unknown[]
    const delta = isJsonObject(choice) ? choice['delta'] : undefined
    const content = isJsonObject(delta) ? delta['content'] : undefined
    if (typeof content === 'string') text += content
  }
  return text
}
