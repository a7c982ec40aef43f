import type { Turn } from '../../protocol/index.ts'

/** A caller says less; what follows is not listened to. */
const MAX_SAID = 4_000

/** The caller's last words, as far as the model listens; `undefined` when only others have spoken. */
export function heard({ said }: Turn): string | undefined {
  return said?.slice(0, MAX_SAID)
}
