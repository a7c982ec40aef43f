const MAX_CHARACTERS = 64 * 1024 * 1024

/** Texts, as `keyv` asks for a map: so many, and so many characters; the oldest are forgotten first. */
export class BoundedTexts {
  readonly #texts = new Map<string, { readonly value: unknown; readonly size: number }>()
  readonly #most: number
  #characters = 0

  constructor(most: number) {
    this.#most = most
  }

  get(key: string): unknown {
    return this.#texts.get(key)?.value
  }

  has(key: string): boolean {
    return this.#texts.has(key)
  }

  set(key: string, value: unknown): void {
    this.delete(key)
    const { length: size } = typeof value === 'string' ? value : JSON.stringify(value)
    this.#texts.set(key, { value, size })
    this.#characters += size
    while (this.#texts.size > this.#most || this.#characters > MAX_CHARACTERS) {
      this.delete(this.#texts.keys().next().value!)
    }
  }

  delete(key: string): boolean {
    this.#characters -= this.#texts.get(key)?.size ?? 0
    return this.#texts.delete(key)
  }

  clear(): void {
    this.#texts.clear()
    this.#characters = 0
  }
}
