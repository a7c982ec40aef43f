import type { Group } from '../group.ts'
import expected from './expected.ts'

export const replay: Group = {
  id: 'replay',
  checks: [expected],
}
