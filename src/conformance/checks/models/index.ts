import type { Group } from '../group.ts'
import list from './list.ts'
import configuredListed from './configured-listed.ts'

export const models: Group = {
  id: 'models',
  checks: [list, configuredListed],
}
