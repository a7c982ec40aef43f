import { isJsonObject, type Json, type JsonObject } from '../../../protocol/index.ts'
import type { Pacing } from '../../pacing/pacing.ts'
import type { AnswerSpec } from '../spec/scenario.ts'
import type { Note } from './taken.ts'
import { noteLeftOut } from './note-left-out.ts'

const CUTS = ['truncateAfterChunks', 'disconnectAfterMs']
const OF_PROFILE = ['ttft', 'tps', 'jitter']
/** The metadata say how a fixture was recorded. */
const OF_FIXTURE = [
  'match',
  'response',
  'latency',
  'streamingProfile',
  'recordedTimings',
  'replaySpeed',
  'chaos',
  'metadata',
]

/** Takes over how fast a fixture is sent, and what breaks it. */
export function importDelivery(
  fixture: JsonObject,
  note: Note,
): Pick<AnswerSpec, 'pacing' | 'fault'> {
  const { latency, streamingProfile: profile, recordedTimings: recorded, chaos } = fixture
  const pacing: Pacing = {
    ...(typeof latency === 'number' && { ttft: latency, gap: latency }),
    ...(isJsonObject(profile) && {
      ...(typeof profile['ttft'] === 'number' && { ttft: profile['ttft'] }),
      ...(typeof profile['tps'] === 'number' && { tokensPerSecond: profile['tps'] }),
      ...(typeof profile['jitter'] === 'number' && { jitter: profile['jitter'] }),
    }),
    ...(isJsonObject(recorded) && importTimings(recorded, fixture['replaySpeed'])),
  }
  noteLeftOut(fixture, [...OF_FIXTURE, ...CUTS, 'chunkSize'], note)
  if (isJsonObject(profile)) noteLeftOut(profile, OF_PROFILE, note, 'streamingProfile.')
  if ('chunkSize' in fixture) note('chunkSize left out: each event holds one token here')
  const cuts = CUTS.filter((key) => key in fixture)
  if (cuts.length > 0) note(`${cuts.join(', ')} became network/reset, in the middle of the stream`)
  const rate = isJsonObject(chaos) ? chaos['disconnectRate'] : undefined
  if (isJsonObject(chaos)) {
    const others = Object.keys(chaos).filter((key) => key !== 'disconnectRate')
    if (others.length > 0) note(`chaos.${others.join(', ')} left out; see "soundcheck explain"`)
  }
  return {
    ...(Object.keys(pacing).length > 0 && { pacing }),
    ...(cuts.length > 0
      ? { fault: 'network/reset' }
      : typeof rate === 'number' && { fault: { name: 'network/reset', rate } }),
  }
}

/** What is no time is none to aimock, either. */
function importTimings({ ttftMs, interChunkDelaysMs }: JsonObject, replaySpeed: Json = 1): Pacing {
  const speed = isTime(replaySpeed) && replaySpeed > 0 ? replaySpeed : 1
  const delays = Array.isArray(interChunkDelaysMs) ? interChunkDelaysMs.filter(isTime) : []
  const values = delays.map((ms) => ms / speed)
  return {
    ttft: isTime(ttftMs) ? ttftMs / speed : 0,
    ...(values.length > 0 && { gap: { distribution: 'recorded', values } }),
  }
}

function isTime(value: Json | undefined): value is number {
  return typeof value === 'number' && value >= 0
}
