/** Where answers are kept, as `keyv` asks for it. */
export interface AnswerStore {
  readonly get: (key: string) => Promise<string | undefined>
  readonly set: (key: string, value: string, ttlMs?: number) => Promise<unknown>
  readonly delete: (key: string) => Promise<boolean>
  readonly clear: () => Promise<void>
}
