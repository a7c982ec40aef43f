import type { Exchange } from '../../wire/index.ts'
import { lint } from './lint.ts'

/** Whether an exchange keeps the contract, however fast it was: that is for budgets to say. */
export function keepsContract(exchange: Exchange): boolean {
  return lint([{ file: exchange.id, exchange }], { skip: ['latency'] }).verdict !== 'fail'
}
