import type { Group } from '../group.ts'
import crossedReplies from './crossed-replies.ts'
import duplicateRequest from './duplicate-request.ts'
import oneAtATime from './one-at-a-time.ts'
import revisedTurn from './revised-turn.ts'
import disconnectRecovers from './disconnect-recovers.ts'
import sessionBleed from './session-bleed.ts'

export const isolation: Group = {
  id: 'isolation',
  checks: [
    crossedReplies,
    duplicateRequest,
    oneAtATime,
    revisedTurn,
    disconnectRecovers,
    sessionBleed,
  ],
}
