import type { Faker } from '@faker-js/faker'

/** A story of about a hundred and twenty speakable words. */
export function tellStory(faker: Faker): string {
  const hero = faker.person.firstName()
  const friend = faker.person.firstName()
  const town = faker.location.city()
  const colour = faker.color.human()
  return [
    `Once there was a lighthouse keeper called ${hero}, who lived on a rock outside ${town}.`,
    `Every evening ${hero} climbed the long stair, lit the lamp, and counted the boats coming home.`,
    `One night in ${faker.date.month()} the fog was so thick that the lamp could not be seen at all.`,
    `Down in the harbour, ${friend} waited for the last boat, and worried more with every hour.`,
    `So ${hero} took an old ${colour} bell from the cellar, and rang it until morning.`,
    `The boat turned, slowly, and followed the sound between the rocks.`,
    `When the fog lifted, the whole town stood on the pier and cheered.`,
    `The bell still hangs there, and on ${faker.date.weekday()} evenings somebody rings it, just in case.`,
  ].join(' ')
}
