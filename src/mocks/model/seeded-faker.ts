import type { Faker } from '@faker-js/faker'
import { faker as shared } from '@faker-js/faker/locale/en'

// An instance of our own: seeding the shared one would reach into the user's tests. Its class is
// taken from there too, since the package's main door loads seventy locales.
const EnglishFaker = shared.constructor as typeof Faker
const faker = new EnglishFaker({ locale: shared.rawDefinitions })

/** A faker whose next values depend on the seed alone; valid until the next call. */
export function seededFaker(seed: number): Faker {
  faker.seed(seed)
  faker.setDefaultRefDate('2026-01-01T00:00:00Z')
  return faker
}

export type SeededFaker = typeof seededFaker
