const MARKERS: Record<string, RegExp> = {
  es: /[¿¡ñ]|\b(hola|habla\w*|español|gracias|quiero|puede\w*|por favor|buenos|necesito)\b/gi,
  fr: /\b(bonjour|parle\w*|français|merci|je|vous|s'il|voudrais|besoin)\b/gi,
  de: /[äöüß]|\b(hallo|spreche\w*|deutsch|danke|ich|bitte|möchte|brauche)\b/gi,
  it: /\b(ciao|parla\w*|italiano|grazie|vorrei|posso|buongiorno)\b/gi,
  pt: /\b(olá|fala\w*|português|obrigad[oa]|você|quero|preciso)\b/gi,
}

/** Guesses the language of a short utterance, as an ISO 639-1 code; English unless two words say otherwise. */
export function detectLanguage(text: string): string {
  let best = 'en'
  let most = 1
  for (const [code, markers] of Object.entries(MARKERS)) {
    const hits = new Set(text.toLowerCase().match(markers)).size
    if (hits > most) [best, most] = [code, hits]
  }
  return best
}
