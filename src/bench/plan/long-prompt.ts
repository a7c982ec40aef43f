import { faker as english } from '@faker-js/faker/locale/en'
import type { Faker } from '@faker-js/faker'

const EnglishFaker = english.constructor as typeof Faker

/**
 * A system prompt of about so many tokens (`o200k_base`), by a seed: what an agent with a knowledge
 * base sends along with each turn.
 */
export async function longPrompt(opening: string, tokens: number, seed: number): Promise<string> {
  const { encode } = await import('gpt-tokenizer/encoding/o200k_base')
  const faker = new EnglishFaker({ locale: english.rawDefinitions })
  faker.seed(seed)
  let prompt = opening
  let count = encode(prompt).length
  while (count < tokens) {
    const line = ` ${faker.commerce.productName()} costs ${faker.commerce.price()} dollars: ${faker.commerce.productDescription()}`
    prompt += line
    count += encode(line).length
  }
  return prompt
}
