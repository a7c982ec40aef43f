import { type JournaledCall, MAX_SCOPES } from '../../journal/index.ts'
import { type AnyReply, type Fault, type Handler, inject, Recent } from '../../wire/index.ts'

/**
 * Breaks handlers so that what a fault remembers stays within the scope of the requests, and is
 * forgotten with it; those of scopes that were not used for long are forgotten first.
 */
export class FaultMemory {
  /** What stands for each scope until it is forgotten. */
  readonly #scopes = new Recent<string, object>(MAX_SCOPES)

  inject<C extends JournaledCall>(fault: Fault, handler: Handler<C, AnyReply>): Handler<C> {
    if (typeof fault === 'function') return inject(fault, handler)
    // A handler that is gone, as one of a removed scenario, takes its broken ones with it.
    const broken = new WeakMap<object, Handler<C>>()
    return (request, call) => {
      const scope = this.#of(call.scope)
      let inScope = broken.get(scope)
      if (!inScope) broken.set(scope, (inScope = inject(fault, handler)))
      return inScope(request, call)
    }
  }

  /** Forgets what faults remember of a scope, or of all. */
  reset(scope?: string): void {
    if (scope === undefined) this.#scopes.clear()
    else this.#scopes.delete(scope)
  }

  #of(name: string): object {
    let scope = this.#scopes.get(name)
    if (!scope) this.#scopes.set(name, (scope = {}))
    return scope
  }
}
