import type { CodeOptions } from 'ajv'

/** A schema that takes more work than it may, to compile it or to hold a value against it. */
export class SchemaEffortError extends Error {
  override readonly name = 'SchemaEffortError'

  constructor() {
    super('the schema takes too much work, by what it refers to, repeats or compares')
  }
}

/** Keywords looked at, roughly: a second, and a thousand times what the arguments of a tool take. */
const MOST = 10_000_000
const CALL = 50
const PAIR = 2
/** Each takes memory, too. */
const ERROR = 100
const CHARACTERS_OF_KEYWORD = 10

/** What a schema may still cost; the code that ajv makes of it says what it does. */
export class SchemaEffort {
  #left = MOST
  #pay: ((effort: number) => void) | undefined

  /** @param pay Is told what is spent, in place of the account here, and may throw. */
  renew(pay?: (effort: number) => void): void {
    this.#left = MOST
    this.#pay = pay
  }

  /** @throws SchemaEffortError when so much is not left. */
  readonly spend = (effort: number): void => {
    if (this.#pay) {
      this.#pay(effort)
      return
    }
    this.#left -= effort
    if (this.#left < 0) throw new SchemaEffortError()
  }

  /** Makes each function, and each round of a loop, cost as much as the keywords it may look at. */
  readonly count: NonNullable<CodeOptions['process']> = (code, env) => {
    const keywords = Math.ceil(JSON.stringify(env?.schema ?? {}).length / CHARACTERS_OF_KEYWORD)
    return code
      .replaceAll(LOOP, `$&self.effort.spend(${keywords});`)
      .replaceAll(PAIRS, `$&self.effort.spend(${PAIR});`)
      .replaceAll('errors++;', `$&self.effort.spend(${ERROR});`)
      .replaceAll(FUNCTION, `$&self.effort.spend(${CALL + keywords});`)
  }
}

const LOOP = /\bfor\((?:const|let) [^"'`{}]*\)\{/g
/** Those of `uniqueItems`, which compares. */
const PAIRS = /\bfor\((?:;|\w+ = )[^"'`{}]*\)\{/g
const FUNCTION = /\bfunction validate\d+\(data, \{instancePath[^()]*?\}=\{\}\)\{/g
