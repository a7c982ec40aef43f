import type { Scenario } from './scenario.ts'

const places = new WeakMap<Scenario, string>()

/** Notes down where a scenario stands, such as `greetings.yaml:12`; it is its name, unless it has one. */
export function withPlace(scenario: Scenario, place: string): Scenario {
  const placed = { name: place, ...scenario }
  places.set(placed, place)
  return placed
}

/** How errors name a scenario: by its place, as far as that is known, and its name. */
export function placeAndName(scenario: Scenario, name: string): string {
  const place = places.get(scenario)
  return place === undefined || place === name ? name : `${place}: ${name}`
}
