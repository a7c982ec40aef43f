import { type Fault, type Handler, inject } from '../../wire/index.ts'
import { MAX_SCOPES } from '../max-scopes.ts'
import { Recent } from '../recent.ts'
import { scopeOf } from '../scope-of.ts'

/**
 * Breaks handlers so that what a fault remembers stays within the scope of the requests, and is
 * forgotten with it; those of scopes that were not used for long are forgotten first.
 */
export class FaultMemory {
  // A handler that is gone, as one of a removed scenario, takes its broken one with it.
  readonly #scopes = new Recent<string, WeakMap<object, Handler>>(MAX_SCOPES)

  inject(fault: Fault, handler: Handler): Handler {
    if (typeof fault === 'function') return inject(fault, handler)
    const place = {}
    return (request, gone) => {
      const inScope = this.#of(scopeOf(request.headers))
      let broken = inScope.get(place)
      if (!broken) inScope.set(place, (broken = inject(fault, handler)))
      return broken(request, gone)
    }
  }

  /** Forgets what faults remember of a scope, or of all. */
  reset(scope?: string): void {
    if (scope === undefined) this.#scopes.clear()
    else this.#scopes.delete(scope)
  }

  #of(scope: string): WeakMap<object, Handler> {
    let handlers = this.#scopes.get(scope)
    if (!handlers) this.#scopes.set(scope, (handlers = new WeakMap()))
    return handlers
  }
}
