import { type Fault, inject } from '../../src/wire/index.ts'

/** A fault that is one after the other, of a server that goes on; each begins without a memory. */
export class SwitchedFault {
  #current: { readonly fault: Fault } | undefined

  readonly fault: Fault = {
    wrap: (handler) => {
      let of: object | undefined
      let broken = handler
      return (request, call) => {
        if (this.#current && of !== this.#current) {
          of = this.#current
          broken = inject(this.#current.fault, handler)
        }
        return broken(request, call)
      }
    },
  }

  switchTo(fault: Fault): void {
    this.#current = { fault }
  }
}
