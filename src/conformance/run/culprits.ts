import type { JsonObject } from '../../protocol/index.ts'
import { blamesClient } from '../observe/expect-refusal.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { wasTurnedDown } from '../evidence/was-turned-down.ts'
import { findCulprits } from './find-culprits.ts'
import { type FeatureId, REQUEST_FEATURES } from '../checks/request/features.ts'

/** A server that fails now and then would make every control request look like a proof. */
const MOST_BY_CHANCE = 2

/** Sends a turn, or a control request, with a body. */
export type Ask = (body: JsonObject, purpose?: 'control') => Promise<Evidence>

/** What an endpoint refuses of its requests, as far as it is known. */
export class Culprits {
  readonly #found = new Set<FeatureId>()
  #acceptsSomething = false
  #refusesAnything = false

  /** Takes notice of an answer. */
  note(evidence: Evidence): void {
    this.#acceptsSomething ||= evidence.wasAccepted && !wasTurnedDown(evidence)
  }

  /** The same request without what is refused. */
  without(body: JsonObject): JsonObject {
    return [...this.#found].reduce((rest, id) => {
      const { isIn, removeFrom } = REQUEST_FEATURES[id]
      return isIn(rest) ? removeFrom(rest) : rest
    }, body)
  }

  /** Finds the features because of which a turn was refused; gives an answer to it without them. */
  async accuse(refused: Evidence, body: JsonObject, ask: Ask): Promise<Evidence> {
    if (this.#refusesAnything) return refused
    const again = await ask(body)
    if (!wasTurnedDown(again)) return again
    const answers = new Map<string, Evidence>()
    let accepted: Evidence | undefined
    const culprits = await findCulprits(body, async (rest) => {
      const key = JSON.stringify(rest)
      const evidence = answers.get(key) ?? (await ask(rest, 'control'))
      answers.set(key, evidence)
      if (wasTurnedDown(evidence)) return 'refused'
      if (!evidence.wasAccepted) return 'unknown'
      accepted = evidence
      return 'accepted'
    })
    // A status 4xx says that it is the request; all else may have happened to another one.
    const mayBeChance = !blamesClient(refused.exchange?.response?.status ?? 0)
    if (culprits.length > 0 && mayBeChance) {
      for (let n = 0; n < MOST_BY_CHANCE; n++) {
        const evidence = await ask(body)
        if (!wasTurnedDown(evidence)) return evidence
      }
    }
    for (const culprit of culprits) this.#found.add(culprit)
    this.#refusesAnything = accepted === undefined && !this.#acceptsSomething
    return accepted ?? refused
  }
}
